import type { ChartCoverage, TransitionCoverage } from './coverage.ts';
import { grouped, type Heat, heatOf } from './hits.ts';
import { escaped, unescaped } from './markup.ts';

/** Where the entry of a transition is in the report: its place in the chart. */
export const anchorOf = ({ id }: Pick<ChartCoverage, 'id'>, index: number): string => `${id}-${index + 1}`;

/** The coldest count of a transition: a guard that never says no is as bad as a transition that is never taken. */
const coldest = ({ taken, refused }: TransitionCoverage): number =>
  Math.min(taken.count, refused?.count ?? taken.count);

/**
 * Colours the drawing of a chart: each line of a card becomes a link to its entry, on a ground that tells how often it was
 * taken; each arrow gets the colour of the coldest transition it stands for.
 *
 * @param svg of the same chart, drawn by `toSvg`
 */
export function paintChart(svg: string, chart: ChartCoverage): string {
  const index = new Map(chart.transitions.map((transition, place) => [transition.id, { transition, place }]));
  const found = (id: string) => {
    const known = index.get(unescaped(id));
    if (!known) throw new Error(`the drawing of ${chart.id} has a transition that was not walked: ${unescaped(id)}`);
    return known;
  };
  const arrowHeat = (ids: string): Heat =>
    heatOf(Math.min(...ids.split(' | ').map((id) => found(id).transition.taken.count)));
  let boxWidth = 0;
  return svg
    .replace(BOX_OR_ROW, (whole: string, width: string, opening: string, words: string, content: string, y: string) => {
      if (width) {
        boxWidth = Number(width);
        return whole;
      }
      const rows = [...opening.matchAll(/data-edge="([^"]*)"/g)].map(([, id = '']) => found(id));
      const [worst] = rows.toSorted((a, b) => coldest(a.transition) - coldest(b.transition));
      if (!worst) return whole;
      const ids = rows.map(({ transition: { id } }) => id).join(' | ');
      return [
        `<a class="hit heat${heatOf(coldest(worst.transition))}" href="#${anchorOf(chart, worst.place)}" data-edges="${escaped(ids)}">`,
        `<title>${words}${rows.map(({ transition }) => counts(transition)).join('')}</title>`,
        `<rect class="ground" x="4" y="${Number(y) - 13}" width="${boxWidth - 8}" height="17" rx="3"/>`,
        `${content}</a>`,
      ].join('');
    })
    .replaceAll(
      /<path class="arrow" data-edges="([^"]*)"/g,
      (_, ids: string) => `<path class="arrow heat${arrowHeat(ids)}" data-edges="${ids}"`,
    )
    .replaceAll('id="head"', `id="head-${chart.id}"`)
    .replaceAll('url(#head)', `url(#head-${chart.id})`);
}

/** The frame of a box, with its width; or a line of its card: the transitions it stands for, tooltip, texts and height. */
const BOX_OR_ROW =
  /<rect class="box[^"]*" width="(\d+)"|((?:<g data-edge="[^"]*">)+)<title>([^<]*)<\/title>(<text class="trigger" x="\d+" y="(\d+)"(?:(?!<\/g>).)*)(?:<\/g>)+/g;

const counts = ({ taken, refused }: TransitionCoverage): string =>
  `\ntaken ${grouped(taken.count)} times${refused ? `, refused ${grouped(refused.count)}` : ''}`;
