import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { candidatesOf, stateId, statesOf, triggerOf } from '../../statechart/names.ts';
import { type Kind, type Mutation, sameState } from './mutation.ts';
import { disarm, stretch } from './timers.ts';

/** A delay is no time at all, or twice its time, or is never over. */
export const delayMutations = (machine: AnyStateMachine): readonly Mutation[] =>
  statesOf(machine).flatMap((node) =>
    candidatesOf(node).flatMap((candidates) => {
      const [first] = candidates;
      if (!first || !node.after.some(({ eventType }) => eventType === first.eventType)) return [];
      const { eventType } = first;
      const mutation = (kind: Kind, change: (state: AnyStateNode) => void): Mutation => ({
        id: `${kind} · ${stateId(node)} · ${triggerOf(first)}`,
        kind,
        at: stateId(node),
        apply: (mutant) => change(sameState(mutant, node)),
      });
      return [
        mutation('zero delay', (state) => stretch(state, eventType, 0)),
        mutation('double delay', (state) => stretch(state, eventType, 2)),
        // A delay with one transition behind it is dropped with that transition.
        ...(candidates.length > 1 ? [mutation('drop delay', (state) => drop(state, eventType))] : []),
      ];
    }),
  );

function drop(state: AnyStateNode, eventType: string): void {
  state.transitions.delete(eventType);
  state.after.splice(0, state.after.length, ...state.after.filter((transition) => transition.eventType !== eventType));
  disarm(state, eventType);
}
