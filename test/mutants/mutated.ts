import type { AnyStateMachine } from 'xstate';
import type { Mutation } from './mutation.ts';

/** More steps than any event takes; a mutant that goes round for ever fails instead of hanging. */
const MOST_MICROSTEPS = 1000;

/** A copy of a chart with one mistake in it. It keeps the mistake when its children are provided. */
export const mutated = <M extends AnyStateMachine>(machine: M, mutation: Mutation): M =>
  changed(machine, (mutant) => {
    mutant.options = { ...machine.options, maxIterations: MOST_MICROSTEPS };
    mutation.apply(mutant);
  });

/** A copy of a chart, and each copy that is made of it by `provide()`, changed in the same way. */
export function changed<M extends AnyStateMachine>(machine: M, change: (copy: AnyStateMachine) => void): M {
  const copyOf = (original: AnyStateMachine): M => {
    const copy = original as M;
    change(copy);
    copy.provide = ((implementations: never) => copyOf(machine.provide(implementations))) as M['provide'];
    return copy;
  };
  return copyOf(machine.provide({}));
}
