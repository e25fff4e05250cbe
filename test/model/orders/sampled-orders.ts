import { seededRandom } from '../../../emulators/openai/seeded-random.ts';
import type { ScriptLimits } from './every-order.ts';
import { type Move, make, movesFrom } from './moves.ts';
import type { OrderWatch } from './order-watch.ts';
import { beginning, INPUT, type World } from './world.ts';

export interface Sample {
  readonly scripts: number;
  /** Most moves of a script. */
  readonly moves: number;
  readonly seed: number;
  /** What may happen besides that which is allowed. Default: nothing. */
  readonly besides?: (world: World) => readonly Move[];
}

const UNLIMITED: ScriptLimits = {
  words: Number.POSITIVE_INFINITY,
  keys: Number.POSITIVE_INFINITY,
  losses: Number.POSITIVE_INFINITY,
  tools: true,
};

/** Follows scripts drawn by lot, each from its beginning and with its own past: much longer ones, and not one that is allowed. */
export function followSample({ scripts, moves, seed, besides = () => [] }: Sample, watch: OrderWatch): void {
  const random = seededRandom(seed);
  const oneOf = <T>(choices: readonly T[]): T | undefined => choices[Math.floor(random() * choices.length)];
  for (let script = 0; script < scripts; script += 1) {
    let world = beginning(INPUT).after;
    const done: string[] = [];
    while (done.length < moves && world.state.snapshot.status === 'active') {
      const allowed = movesFrom(world, UNLIMITED);
      // As often the one as the other, however many there are of each.
      const move = oneOf(random() < 0.5 ? allowed : besides(world)) ?? oneOf(allowed);
      if (!move) break;
      done.push(move.name);
      const taken = make(move);
      watch.check(taken, () => [...done]);
      world = taken.at(-1)?.after ?? move.acted;
    }
  }
}
