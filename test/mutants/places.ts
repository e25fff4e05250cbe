import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { candidatesOf, stateId, statesOf, triggerOf } from '../../statechart/names.ts';
import { type Place, sameState } from './mutation.ts';

/** A transition of the production chart, and the way to the same transition of a mutant. */
export interface NamedPlace extends Place {
  /** `call.active.conversation.listening · caller.endOfTurn #1` */
  readonly name: string;
  /** The state that owns it. */
  readonly at: string;
  in(mutant: AnyStateMachine): Place;
}

/** Every transition of a chart, in document order. */
export const placesOf = (machine: AnyStateMachine): readonly NamedPlace[] =>
  statesOf(machine).flatMap((node) =>
    candidatesOf(node).flatMap((candidates) =>
      candidates.map((transition, index) => ({
        ...placeOf(node, transition.eventType, index),
        at: stateId(node),
        name: [stateId(node), numbered(transition, candidates, index)].join(' · '),
        in: (mutant: AnyStateMachine) => placeOf(sameState(mutant, node), transition.eventType, index),
      })),
    ),
  );

const numbered = (transition: AnyTransitionDefinition, { length }: readonly unknown[], index: number): string =>
  `${triggerOf(transition)}${length > 1 ? ` #${index + 1}` : ''}`;

function placeOf(node: AnyStateNode, eventType: string, index: number): Place {
  const candidates = (eventType === '' ? node.always : node.transitions.get(eventType)) ?? [];
  const transition = candidates[index];
  if (!transition) throw new Error(`${stateId(node)} has no candidate ${index} for "${eventType}"`);
  return { node, candidates, transition };
}
