import type { AnyStateMachine } from 'xstate';
import { stateId } from '../../statechart/names.ts';
import { actionPhrase, guardPhrase } from '../../statechart/phrases.ts';
import type { Mutation, Place } from './mutation.ts';
import { type NamedPlace, placesOf } from './places.ts';
import { disarm } from './timers.ts';

/** A transition is taken out. */
export const transitionMutations = (machine: AnyStateMachine): readonly Mutation[] =>
  placesOf(machine).map((place) => ({
    id: `drop transition · ${place.name} · ${whatOf(place)}`,
    kind: 'drop transition',
    at: place.at,
    apply: (mutant) => remove(place.in(mutant)),
  }));

/** Takes a candidate out; with the last one goes the trigger, and its timer if it has one. */
export function remove({ node, candidates, transition }: Place): void {
  const { eventType } = transition;
  candidates.splice(candidates.indexOf(transition), 1);
  const delayed = node.after.findIndex((other) => (other as object) === transition);
  if (delayed >= 0) node.after.splice(delayed, 1);
  if (candidates.length > 0) return;
  node.transitions.delete(eventType);
  disarm(node, eventType);
}

/** In words: when, where to, or what is done, whichever the transition has. */
const whatOf = ({ transition: { guard, target, actions } }: NamedPlace): string =>
  [
    ...(guard === undefined ? [] : [`if ${guardPhrase(guard)}`]),
    ...(target ?? []).map((node) => `→ ${stateId(node)}`),
    ...(target ? [] : [actions.map(actionPhrase).join(', ') || 'nothing']),
  ].join(' ');
