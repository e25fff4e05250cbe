/** The five words of Flux; `update` says that nothing but the text may have changed. */
export type FluxWord = 'start' | 'update' | 'eager' | 'resumed' | 'end';

/** Where a turn of the caller is: nobody speaks, somebody does, or seems to have ended. */
export type TurnPhase = 'waiting' | 'ongoing' | 'eager';

/**
 * Which words the vendor's contract allows in each phase, and where they lead: a turn starts once and ends once, it seems to
 * have ended only while it goes on, it resumes only when it seemed to have ended; updates come all the time.
 */
export const FOLLOWING: Readonly<Record<TurnPhase, readonly (readonly [FluxWord, TurnPhase])[]>> = {
  waiting: [
    ['start', 'ongoing'],
    ['update', 'waiting'],
  ],
  ongoing: [
    ['update', 'ongoing'],
    ['eager', 'eager'],
    ['end', 'waiting'],
  ],
  eager: [
    ['update', 'eager'],
    ['resumed', 'ongoing'],
    ['end', 'waiting'],
  ],
};

/** How many orders of one to `length` words the contract allows, beginning before the first turn. */
export function countOrders(length: number, phase: TurnPhase = 'waiting'): number {
  if (length === 0) return 0;
  return FOLLOWING[phase].reduce((sum, [, next]) => sum + 1 + countOrders(length - 1, next), 0);
}

/** Every order of exactly `length` words that the contract allows. */
export function* ordersOf(length: number, phase: TurnPhase = 'waiting'): Generator<readonly FluxWord[]> {
  if (length === 0) yield [];
  else
    for (const [word, next] of FOLLOWING[phase]) for (const rest of ordersOf(length - 1, next)) yield [word, ...rest];
}
