import { type Arrow, type Box, LABEL, type Point } from './box.ts';
import { CARD, type Card, type CardRow, chipWidth } from './card.ts';
import type { Chart, ChartTransition } from './describe-chart.ts';
import { type Level, layOut } from './lay-out.ts';
import { STYLE } from './theme.ts';

const PAGE_MARGIN = 14;

/**
 * Draws a chart: one box per state, nested as the states are, regions dashed, each transition a line in the box where it
 * begins, arrows between boxes. Guards and actions are tooltips; the graph text has them in print.
 *
 * Made to be coloured by others, without a script of its own: every box is a `[data-state]` (its id), every transition a
 * `[data-edge]` (its id), every arrow a `path.arrow[data-edges]` (the ids of what it stands for, joined by ` | `).
 */
export async function toSvg(chart: Chart, level: Level): Promise<string> {
  const root = await layOut(chart, level);
  const [width, height] = [root.width + 2 * PAGE_MARGIN, root.height + 2 * PAGE_MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="callchart" role="img" aria-label="${xml(`Statechart ${chart.id}`)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0,0.5L8,4L0,7.5Z"/></marker></defs>',
    `<rect class="page" width="${width}" height="${height}" rx="10"/>`,
    ...drawBox(root, { x: PAGE_MARGIN, y: PAGE_MARGIN }, undefined),
    '</svg>',
    '',
  ].join('\n');
}

function drawBox(box: Box, at: Point, parent: Box | undefined): readonly string[] {
  const { card, width, height, children, arrows } = box;
  const { state } = card;
  const region = parent?.card.state.kind === 'parallel';
  const classes = ['box', ...(children.length > 0 ? ['holder'] : []), ...(region ? ['region'] : [])].join(' ');
  const inner =
    state.kind === 'final' ? `<rect class="box" x="3" y="3" width="${width - 6}" height="${height - 6}" rx="5"/>` : '';
  return [
    `<g data-state="${xml(state.id)}" transform="translate(${at.x},${at.y})">`,
    `<rect class="${classes}" width="${width}" height="${height}" rx="8"/>${inner}`,
    ...(parent?.card.state.initial === state.id ? [INITIAL] : []),
    ...drawCard(card, width, children.length > 0),
    ...arrows.map(drawArrow),
    ...children.flatMap((child) => drawBox(child, child, box)),
    '</g>',
  ];
}

/** The dot of an initial state, left of its box. */
const INITIAL =
  '<circle class="begin" cx="-15" cy="13" r="4"/><path class="arrow" d="M-11,13H-1" marker-end="url(#head)"/>';

function drawCard(card: Card, width: number, holds: boolean): readonly string[] {
  const { state, rows, triggerWidth } = card;
  const left = CARD.padding;
  const lines = [`<text class="name" x="${left}" y="18">${xml(state.key)}${tooltip(stateDetail(card))}</text>`];
  let [x, y]: [number, number] = [left, CARD.titleHeight];
  for (const { id } of state.invokes) {
    const chip = chipWidth(id);
    lines.push(
      `<rect class="chip" x="${x}" y="${y}" width="${chip}" height="${CARD.chipHeight - 2}" rx="9"/><text class="child" x="${x + 8}" y="${y + 13}">${xml(id)}</text>`,
    );
    x += chip + 6;
  }
  if (state.invokes.length > 0) y += CARD.chipHeight + 4;
  if (rows.length > 0 && !holds) lines.push(`<path class="rule" d="M0,${y}H${width}"/>`);
  for (const row of rows) {
    y += CARD.rowHeight;
    lines.push(drawRow(row, { x: left, y }, triggerWidth));
  }
  return lines;
}

function drawRow({ trigger, target, transitions }: CardRow, { x, y }: Point, triggerWidth: number): string {
  const text =
    `<text class="trigger" x="${x}" y="${y}">${xml(trigger)}</text>` +
    `<text class="${target ? 'target' : 'note'}" x="${Math.round(x + triggerWidth + CARD.gap)}" y="${y}">${target ? `→ ${xml(target)}` : '↻'}</text>`;
  // Transitions that share a line are nested, so that each is found by its own id.
  return transitions.reduceRight(
    (inner, transition) => `<g data-edge="${xml(transition.id)}">${inner}</g>`,
    `${tooltip(transitions.map(detail).join('\n'))}${text}`,
  );
}

function drawArrow({ points, transitions, label }: Arrow): string {
  const ids = transitions.map(({ id }) => id).join(' | ');
  const words = label?.lines.map((line, index) => {
    const [x, y] = [label.x + label.width / 2, label.y + (index + 1) * LABEL.lineHeight - 3];
    return `<text class="label" x="${x}" y="${y}">${xml(line)}</text>`;
  });
  const detailed = tooltip(transitions.map((transition) => `${transition.from}: ${detail(transition)}`).join('\n'));
  return `<path class="arrow" data-edges="${xml(ids)}" d="${roundedPath(points)}" marker-end="url(#head)">${detailed}</path>${words?.join('') ?? ''}`;
}

/** A line through the points with its corners rounded off. */
function roundedPath(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${point.x},${point.y}`;
      if (!after) return `L${point.x},${point.y}`;
      const [into, out] = [towards(point, before), towards(point, after)];
      return `L${into.x},${into.y}Q${point.x},${point.y} ${out.x},${out.y}`;
    })
    .join('');
}

const CORNER = 5;

/** The point a corner's radius away from `from`, but at most half of the way. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  const round = (value: number) => Math.round(value * 10) / 10;
  return { x: round(from.x + (to.x - from.x) * part), y: round(from.y + (to.y - from.y) * part) };
}

const tooltip = (text: string): string => (text ? `<title>${xml(text)}</title>` : '');

const detail = ({ trigger, guard, otherwise, actions }: ChartTransition): string =>
  `${trigger}${guard ? ` [${guard}]` : otherwise ? ' [otherwise]' : ''}${actions.length ? ` / ${actions.join(', ')}` : ''}`;

const stateDetail = ({ state: { entry, exit } }: Card): string =>
  [entry.length ? `entry / ${entry.join(', ')}` : '', exit.length ? `exit / ${exit.join(', ')}` : '']
    .filter(Boolean)
    .join('\n');

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
