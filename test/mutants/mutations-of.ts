import type { AnyStateMachine } from 'xstate';
import { actionMutations } from './actions.ts';
import { delayMutations } from './delays.ts';
import { guardMutations } from './guards.ts';
import { KINDS, type Mutation } from './mutation.ts';
import { targetMutations } from './targets.ts';
import { transitionMutations } from './transitions.ts';

const ORDER = Object.keys(KINDS);

/**
 * Every mistake that can be made in one place of a chart, by kind, then in document order.
 *
 * @throws when two of them have one id: they could not be told apart in a report
 */
export function mutationsOf(machine: AnyStateMachine): readonly Mutation[] {
  const mutations = [guardMutations, targetMutations, actionMutations, transitionMutations, delayMutations]
    .flatMap((find) => find(machine))
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const ids = new Set<string>();
  for (const { id } of mutations) {
    if (ids.has(id)) throw new Error(`two mutants are called "${id}"`);
    ids.add(id);
  }
  return mutations;
}

/** The mutant with this id; undefined when it is one of another chart. */
export const mutationNamed = (id: string, machine: AnyStateMachine): Mutation | undefined =>
  mutationsOf(machine).find((mutation) => mutation.id === id);
