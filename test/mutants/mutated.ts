import type { AnyStateMachine } from 'xstate';
import type { Mutation } from './mutation.ts';

/** More steps than any event takes; a mutant that goes round for ever fails instead of hanging. */
const MOST_MICROSTEPS = 1000;

/** A copy of a chart with one mistake in it. It keeps the mistake when its children are provided. */
export const mutated = <M extends AnyStateMachine>(machine: M, mutation: Mutation): M =>
  changed(machine, (copy) => {
    copy.options = { ...machine.options, maxIterations: MOST_MICROSTEPS };
    mutation.apply(copy);
  });

/** A copy of a chart that is changed, and stays so when its children are provided. */
export function changed<M extends AnyStateMachine>(machine: M, change: (copy: AnyStateMachine) => void): M {
  const copy = machine.provide({}) as M;
  change(copy);
  return sharing(copy);
}

/** What XState binds to the machine as it is made. */
const BOUND = ['transition', 'getInitialSnapshot', 'getPersistedSnapshot', 'restoreSnapshot', 'start'] as const;

/**
 * Makes `provide()` share the states, with whatever was changed in them, instead of building them from the configuration
 * again. A test that provides children takes half the time, too.
 */
function sharing<M extends AnyStateMachine>(machine: M): M {
  const provide = ({ actions, guards, actors, delays }: Partial<M['implementations']>): M => {
    const prototype: M = Object.getPrototypeOf(machine);
    const twin: M = Object.create(prototype, Object.getOwnPropertyDescriptors(machine));
    const own = machine.implementations;
    twin.implementations = {
      actions: { ...own.actions, ...actions },
      guards: { ...own.guards, ...guards },
      actors: { ...own.actors, ...actors },
      delays: { ...own.delays, ...delays },
    };
    for (const name of BOUND) Object.assign(twin, { [name]: prototype[name].bind(twin) });
    return sharing(twin);
  };
  return Object.assign(machine, { provide });
}
