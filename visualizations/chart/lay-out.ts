import type { Arrow, Box, Point, Size } from './box.ts';
import { type Card, cardOf } from './card.ts';
import type { Chart, ChartState } from './describe-chart.ts';
import { type Arrange, arranger } from './layered.ts';
import { GAP, packings } from './pack.ts';

/**
 * How much a picture tells. An `overview` fits the width of a page: names in the boxes, and, where there is room, the main
 * triggers on the arrows. A `full` picture is for a screen: each box lists every transition that begins there.
 */
export type Level = 'overview' | 'full';

/** How wide a picture may become (px). */
const WIDEST: Readonly<Record<Level, number>> = { overview: 1160, full: 2500 };

/** Room around the children of a box (px). On the left it also holds the dot that marks the initial state. */
const MARGIN = { left: 25, right: 13, bottom: 14, between: 12 };

interface Task {
  readonly chart: Chart;
  readonly level: Level;
  readonly arrange: Arrange;
}

/** What is in a box, relative to the corner of its content. */
interface Inside extends Size {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/**
 * Gives every state of a chart a place.
 *
 * From the inside out: each compound state is laid out by ELK's layered algorithm as if its children had no inside, and
 * the regions of a parallel state are packed side by side. A transition that leaves a box is an arrow of that box; the
 * card of the state where it begins says exactly what leads where. Of several ways the one is taken that fits best.
 */
export async function layOut(chart: Chart, level: Level): Promise<Box> {
  const [root] = chart.states;
  if (!root) throw new Error('a chart has at least its root state');
  const room = WIDEST[level];
  if (level === 'overview') {
    const labelled = await place(root, room, { chart, level, arrange: arranger(chart, true) });
    if (labelled.width <= room && labelled.height <= room) return labelled;
  }
  return place(root, room, { chart, level, arrange: arranger(chart, false) });
}

/** @param room how wide the box may become; it is wider only when there is no other way (px) */
async function place(state: ChartState, room: number, task: Task): Promise<Box> {
  const card = writeCard(state, task);
  const children = task.chart.states.filter(({ parent }) => parent === state.id);
  if (children.length === 0) return { ...sizeOf(card), x: 0, y: 0, card, children: [], arrows: [] };

  const fill = state.kind === 'parallel' ? regions : layered;
  const inside = await fill(children, room - MARGIN.left - MARGIN.right, task);
  const shifted = shift({ x: MARGIN.left, y: card.height + MARGIN.between });
  return {
    card,
    x: 0,
    y: 0,
    width: Math.max(card.width, inside.width + MARGIN.left + MARGIN.right),
    height: card.height + MARGIN.between + inside.height + MARGIN.bottom,
    children: inside.boxes.map(shifted),
    arrows: inside.arrows.map((arrow) => ({
      ...arrow,
      label: arrow.label && shifted(arrow.label),
      points: arrow.points.map(shifted),
    })),
  };
}

function writeCard(state: ChartState, { chart, level }: Task): Card {
  const own = chart.transitions.filter(({ from }) => from === state.id);
  // No arrow leads from a box into itself, so that much has to be written even in an overview.
  return cardOf(state, level === 'full' ? own : own.filter(({ to }) => to[0]?.startsWith(`${state.id}.`)));
}

/** Regions do not touch: they are packed, also with the smaller ones squeezed in beside the largest. */
async function regions(children: readonly ChartState[], room: number, task: Task): Promise<Inside> {
  const free = await placeAll(children, room, task);
  const largest = free.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
  const squeezed = await placeAll(children, room - (largest?.width ?? 0) - GAP, task);
  const mixed = free.map((box, index) => (box === largest ? box : (squeezed[index] ?? box)));
  return { ...best([...packings(free, room), ...packings(mixed, room)], room), arrows: [] };
}

/**
 * Lays a compound state out in both directions, with its own compound states wide as well as narrow. Where there are many
 * states, each gets only a part of the room.
 */
async function layered(children: readonly ChartState[], room: number, task: Task): Promise<Inside> {
  const ways: Inside[] = [];
  for (const share of children.length > 3 ? [room / 4, 0] : [room]) {
    const boxes = await placeAll(children, share, task);
    const tiles = boxes.map(({ card, width, height }) => ({ id: card.state.id, width, height }));
    for (const direction of ['DOWN', 'RIGHT'] as const) {
      const { places, ...arrangement } = await task.arrange(tiles, direction);
      ways.push({ ...arrangement, boxes: boxes.map((box, index) => ({ ...box, ...places[index] })) });
    }
  }
  return best(ways, room);
}

async function placeAll(states: readonly ChartState[], room: number, task: Task): Promise<readonly Box[]> {
  const boxes: Box[] = [];
  for (const state of states) boxes.push(await place(state, room, task));
  return boxes;
}

/** What fits and costs least; when nothing fits, what is narrowest. */
function best<T extends Size>(ways: readonly T[], room: number): T {
  const fitting = ways.filter(({ width }) => width <= room);
  const [first] =
    fitting.length > 0 ? fitting.toSorted((a, b) => cost(a) - cost(b)) : ways.toSorted((a, b) => a.width - b.width);
  if (!first) throw new Error('nothing to place');
  return first;
}

/** Pages are wider than high, and so is a good picture: what is higher than wide costs more than its area. */
const cost = ({ width, height }: Size): number => width * height * Math.max(1, height / width);

const sizeOf = ({ width, height }: Size): Size => ({ width, height });

const shift =
  (by: Point) =>
  <T extends Point>(what: T): T => ({ ...what, x: what.x + by.x, y: what.y + by.y });
