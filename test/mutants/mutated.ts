import type { AnyStateMachine } from 'xstate';
import type { Mutation } from './mutation.ts';
import { mutationsOf } from './mutations-of.ts';

/** Names the mutant that a test run is given, by its id. Set by the worker for one run of Jest. */
export const MUTANT_VARIABLE = 'MUTANT';

/** More steps than any event takes; a mutant that goes round for ever fails instead of hanging. */
const MOST_MICROSTEPS = 1000;

/** A copy of a chart with one mistake in it. It keeps the mistake when its children are provided. */
export function mutated<M extends AnyStateMachine>(machine: M, mutation: Mutation): M {
  const mutant = machine.provide({}) as M;
  mutant.options = { ...machine.options, maxIterations: MOST_MICROSTEPS };
  mutation.apply(mutant);
  mutant.provide = ((implementations: never) => mutated(machine.provide(implementations), mutation)) as M['provide'];
  return mutant;
}

/** What a test gets that imports a chart: the mutant that was asked for, or the chart itself when it is of another. */
export function asChosen<M extends AnyStateMachine>(machine: M): M {
  const chosen = process.env[MUTANT_VARIABLE];
  const mutation = chosen && mutationsOf(machine).find(({ id }) => id === chosen);
  return mutation ? mutated(machine, mutation) : machine;
}
