import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { stateId, statesOf } from '../../statechart/names.ts';
import { type Mutation, sameState } from './mutation.ts';
import { placesOf } from './places.ts';

/** A transition leads somewhere else, or nowhere, or does not begin its state anew; a state begins somewhere else. */
export function targetMutations(machine: AnyStateMachine): readonly Mutation[] {
  return [...machineTargets(machine), ...initialStates(machine)];
}

const machineTargets = (machine: AnyStateMachine): readonly Mutation[] =>
  placesOf(machine).flatMap(({ name, at, transition, in: inMutant }) => {
    const [target] = transition.target ?? [];
    if (!target) return [];
    const mutations: Mutation[] = [];
    const other = siblingOf(target);
    if (other)
      mutations.push({
        id: `swap target · ${name} · ${stateId(target)} → ${stateId(other)}`,
        kind: 'swap target',
        at,
        apply: (mutant) => {
          inMutant(mutant).transition.target = [sameState(mutant, other)];
        },
      });
    // Without actions nothing is left of it: that is a transition dropped.
    if (transition.actions.length > 0)
      mutations.push({
        id: `drop target · ${name} · ${stateId(target)}`,
        kind: 'drop target',
        at,
        apply: (mutant) => {
          Object.assign(inMutant(mutant).transition, { target: undefined, reenter: false });
        },
      });
    if (transition.reenter)
      mutations.push({
        id: `drop re-entry · ${name} · ${stateId(target)}`,
        kind: 'drop re-entry',
        at,
        apply: (mutant) => {
          inMutant(mutant).transition.reenter = false;
        },
      });
    return mutations;
  });

const initialStates = (machine: AnyStateMachine): readonly Mutation[] =>
  statesOf(machine).flatMap((node) => {
    const [target] = node.type === 'compound' ? (node.initial.target ?? []) : [];
    const other = target && siblingOf(target);
    if (!target || !other) return [];
    return [
      {
        id: `swap target · ${stateId(node)} · initial · ${stateId(target)} → ${stateId(other)}`,
        kind: 'swap target',
        at: stateId(node),
        apply: (mutant: AnyStateMachine) => {
          Object.assign(sameState(mutant, node).initial, { target: [sameState(mutant, other)] });
        },
      } satisfies Mutation,
    ];
  });

/** The next state beside it, the first one behind the last; for an only child and a region, that of its parent. */
function siblingOf(node: AnyStateNode): AnyStateNode | undefined {
  const { parent } = node;
  if (!parent) return undefined;
  const siblings = Object.values(parent.states);
  if (parent.type === 'parallel' || siblings.length < 2) return siblingOf(parent);
  return siblings[(siblings.indexOf(node) + 1) % siblings.length];
}
