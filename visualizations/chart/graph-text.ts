import type { Chart, ChartTransition } from './describe-chart.ts';

/**
 * A chart as sorted lines, made to be read as a diff in review. Alternatives stand in the order in which they are tried.
 *
 * States first (what is entered, which children live there, what runs on the way in and out), then one line per
 * transition: `state --trigger [guard] / action, action--> target`.
 */
export function toGraphText(chart: Chart): string {
  const short = shortener(chart.id);
  const states = chart.states.flatMap(({ id, kind, initial, invokes, entry, exit }) => {
    const facts = [
      kind === 'atomic' ? '' : kind,
      initial ? `begins in ${short(initial)}` : '',
      invokes.length
        ? `invokes ${invokes.map((child) => (child.id === child.src ? child.id : `${child.id} (${child.src})`)).join(', ')}`
        : '',
      entry.length ? `entry / ${entry.join(', ')}` : '',
      exit.length ? `exit / ${exit.join(', ')}` : '',
    ].filter(Boolean);
    return `${short(id)}${facts.length ? ` : ${facts.join('; ')}` : ''}`;
  });
  // Stable, so alternatives for one trigger keep the order in which they are tried: a swap shows up as a diff.
  const transitions = chart.transitions
    .toSorted((a, b) => compare(`${a.from} ${a.trigger}`, `${b.from} ${b.trigger}`))
    .map((transition) => line(transition, short));
  return [
    `# ${chart.id}: ${states.length} states, ${transitions.length} transitions`,
    '',
    ...states.sort(),
    '',
    ...transitions,
    '',
  ].join('\n');
}

/** By code units: the same on every machine, whatever its locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const shortener =
  (root: string) =>
  (id: string): string =>
    id.startsWith(`${root}.`) ? id.slice(root.length + 1) : id;

const line = (
  { from, to, trigger, guard, otherwise, actions, reenter }: ChartTransition,
  short: (id: string) => string,
) => {
  const condition = guard ? ` [${guard}]` : otherwise ? ' [otherwise]' : '';
  const doing = actions.length ? ` / ${actions.join(', ')}` : '';
  const target = to.length ? to.map(short).join(' + ') : '(stay)';
  return `${short(from)} --${trigger}${condition}${doing}--> ${target}${reenter ? ' (re-entered)' : ''}`;
};
