import type { ChartState, ChartTransition } from './describe-chart.ts';
import { textWidth } from './text-width.ts';

/** Font sizes and distances of a card, in pixels. */
export const CARD = {
  title: 14,
  text: 12,
  titleHeight: 26,
  rowHeight: 17,
  chipHeight: 20,
  padding: 10,
  /** Between the column of triggers and that of targets. */
  gap: 14,
  minimumWidth: 68,
} as const;

/** One line of a card: what happens, and where it leads. */
export interface CardRow {
  readonly trigger: string;
  /** Relative to where the picture already is; undefined when the state stays or begins anew. */
  readonly target: string | undefined;
  /** Several, when the same trigger leads to the same target for different reasons. */
  readonly transitions: readonly ChartTransition[];
}

/** What is written in the box of a state: name, children, transitions. */
export interface Card {
  readonly state: ChartState;
  readonly rows: readonly CardRow[];
  /** Width of the column of triggers. */
  readonly triggerWidth: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Writes the card of a state and measures it.
 *
 * @param transitions those to be listed on it
 */
export function cardOf(state: ChartState, transitions: readonly ChartTransition[]): Card {
  const rows: CardRow[] = [];
  for (const transition of transitions) {
    const target = targetPhrase(transition);
    const index = rows.findIndex((row) => row.trigger === transition.trigger && row.target === target);
    const same = rows[index];
    if (same) rows[index] = { ...same, transitions: [...same.transitions, transition] };
    else rows.push({ trigger: transition.trigger, target, transitions: [transition] });
  }
  const triggerWidth = Math.max(0, ...rows.map(({ trigger }) => textWidth(trigger, CARD.text)));
  const targetWidth = Math.max(0, ...rows.map(({ target }) => textWidth(`→ ${target ?? ''}`, CARD.text)));
  const inner = Math.max(
    textWidth(state.key, CARD.title, 'bold'),
    chipsWidth(state),
    rows.length > 0 ? triggerWidth + CARD.gap + targetWidth : 0,
  );
  return {
    state,
    rows,
    triggerWidth,
    width: Math.ceil(Math.max(CARD.minimumWidth, inner + 2 * CARD.padding)),
    height:
      CARD.titleHeight +
      (state.invokes.length > 0 ? CARD.chipHeight + 4 : 0) +
      rows.length * CARD.rowHeight +
      (rows.length > 0 ? 8 : 4),
  };
}

/** Width of the pill around the name of a child (px). */
export const chipWidth = (name: string): number => Math.ceil(textWidth(name, CARD.text - 1) + 16);

const chipsWidth = ({ invokes }: ChartState): number => invokes.reduce((width, { id }) => width + chipWidth(id) + 6, 0);

/** `interrupted.hearing` for a transition between two branches, `hearing` within one. */
function targetPhrase({ from, to }: ChartTransition): string | undefined {
  const [target] = to;
  if (target === undefined || target === from) return undefined;
  const [origin, path] = [from.split('.'), target.split('.')];
  const common = path.findIndex((key, index) => key !== origin[index]);
  return path.slice(common < 0 ? -1 : common).join('.');
}
