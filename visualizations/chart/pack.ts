import type { Point, Size } from './box.ts';

type Placeable = Point & Size;

/** Between two regions (px). */
export const GAP = 16;

interface Packed<B> extends Size {
  readonly boxes: readonly B[];
}

/**
 * Ways to place the regions of a parallel state, which no arrow connects: one below the other, side by side, or the
 * largest on the left or on top and the others in a column or in rows.
 *
 * @param room how wide rows may become (px)
 */
export function packings<B extends Placeable>(boxes: readonly B[], room: number): readonly Packed<B>[] {
  const index = boxes.reduce((best, box, at) => (area(box) > area(boxes[best] ?? box) ? at : best), 0);
  const largest = boxes[index];
  const others = boxes.filter((_, at) => at !== index);
  const ways = [stack(boxes, 'down'), flow(boxes, room)];
  if (!largest || others.length < 2) return ways;
  return [
    ...ways,
    join(largest, stack(others, 'down'), 'across'),
    join(largest, flow(others, Math.max(largest.width, room / 2)), 'down'),
  ];
}

const area = ({ width, height }: Size): number => width * height;

function stack<B extends Placeable>(boxes: readonly B[], direction: 'down' | 'across'): Packed<B> {
  let [width, height] = [0, 0];
  const placed = boxes.map((box) => {
    const [x, y] = direction === 'down' ? [0, height && height + GAP] : [width && width + GAP, 0];
    width = Math.max(width, x + box.width);
    height = Math.max(height, y + box.height);
    return { ...box, x, y };
  });
  return { boxes: placed, width, height };
}

/** Rows, like words in a paragraph. */
function flow<B extends Placeable>(boxes: readonly B[], width: number): Packed<B> {
  const rows: B[][] = [];
  for (const box of boxes) {
    const row = rows.at(-1);
    if (row && stack([...row, box], 'across').width <= width) row.push(box);
    else rows.push([box]);
  }
  let height = 0;
  const placed = rows.map((row) => {
    const across = stack(row, 'across');
    const y = height && height + GAP;
    height = y + across.height;
    return { ...across, boxes: across.boxes.map((box) => ({ ...box, y: box.y + y })) };
  });
  return { boxes: placed.flatMap((row) => row.boxes), width: Math.max(...placed.map((row) => row.width)), height };
}

function join<B extends Placeable>(first: B, group: Packed<B>, direction: 'down' | 'across'): Packed<B> {
  const [x, y] = direction === 'down' ? [0, first.height + GAP] : [first.width + GAP, 0];
  return {
    boxes: [{ ...first, x: 0, y: 0 }, ...group.boxes.map((box) => ({ ...box, x: box.x + x, y: box.y + y }))],
    width: Math.max(first.width, x + group.width),
    height: Math.max(first.height, y + group.height),
  };
}
