import type { AnyEventObject, AnyStateMachine, InputFrom } from 'xstate';
import type { Edge } from './explore.ts';
import { begin, step, type TimedState } from './timed-model.ts';

/** Events to send one after the other, from the start. */
export type Walk = readonly AnyEventObject[];

/** A walk as it was taken on the pure model: each event, and what the machine made of it. */
export interface Trail<M extends AnyStateMachine> {
  readonly first: { readonly state: TimedState<M> };
  readonly edges: readonly Pick<Edge<M>, 'event' | 'state'>[];
}

/** Takes a walk on the pure model. */
export function trailOf<M extends AnyStateMachine>(
  machine: M,
  { input, walk }: { readonly input: InputFrom<M>; readonly walk: Walk },
): Trail<M> {
  const first = begin(machine, input);
  let { state } = first;
  const edges = walk.map((event) => {
    state = step(machine, state, event).state;
    return { event, state };
  });
  return { first, edges };
}

/** A walk as nothing but events. */
export const eventsOf = ({ edges }: Trail<AnyStateMachine>): Walk => edges.map(({ event }) => event);

/** The first steps of a walk. */
export const upTo = <M extends AnyStateMachine>({ first, edges }: Trail<M>, steps: number): Trail<M> => ({
  first,
  edges: edges.slice(0, steps),
});
