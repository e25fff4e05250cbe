import { seededRandom } from '../../../emulators/openai/seeded-random.ts';
import { type CallerMove, callerMoves, NOBODY_SPEAKS } from './caller-side.ts';

/** An order of the recogniser's words in time. */
export interface DrawnOrder {
  readonly moves: readonly CallerMove[];
  /** What comes behind each (ms). */
  readonly pauses: readonly number[];
}

/** From at once to longer than anything waits for an answer (ms). */
const PAUSES = [0, 0, 40, 150, 290, 350, 500, 700, 1300, 2100];

/** An order that the vendor's contract allows, drawn by lot: the same for the same seed. */
export function drawOrder(seed: number, words: number): DrawnOrder {
  const random = seededRandom(seed);
  const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const moves: CallerMove[] = [];
  while (moves.length < words) moves.push(oneOf(callerMoves(moves.at(-1)?.after ?? NOBODY_SPEAKS)));
  return { moves, pauses: moves.map(() => oneOf(PAUSES)) };
}
