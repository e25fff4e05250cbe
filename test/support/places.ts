import type { AnyStateMachine } from 'xstate';
import type { Edge, Graph } from './explore.ts';

/** A state of a graph and how to get about from it. */
export interface Place<M extends AnyStateMachine> {
  readonly key: string;
  /** Edges on the shortest way from the start. */
  readonly depth: number;
  /** The last of them; undefined at the start. */
  readonly via: { readonly edge: Edge<M>; readonly from: Place<M> } | undefined;
  /** One edge to each other place that can be reached in one step. */
  readonly ways: ReadonlyMap<Place<M>, Edge<M>>;
}

/** The places of a graph by key, in the order of discovery: whoever is first found lies on a shortest way from the start. */
export function placesOf<M extends AnyStateMachine>({ nodes, start }: Graph<M>): ReadonlyMap<string, Place<M>> {
  type Draft = Place<M> & { readonly ways: Map<Place<M>, Edge<M>> };
  const places = new Map<string, Draft>([[start, { key: start, depth: 0, via: undefined, ways: new Map() }]]);
  for (const place of places.values())
    for (const edge of nodes.get(place.key)?.edges ?? []) {
      if (edge.to === place.key) continue;
      const known = places.get(edge.to);
      const next = known ?? {
        key: edge.to,
        depth: place.depth + 1,
        via: { edge, from: place },
        ways: new Map(),
      };
      if (!known) places.set(edge.to, next);
      if (!place.ways.has(next)) place.ways.set(next, edge);
    }
  return places;
}

/** The shortest way from the start to a place: exactly the one on which it was found. */
export function wayTo<M extends AnyStateMachine>(place: Place<M>): readonly Edge<M>[] {
  const way: Edge<M>[] = [];
  for (let hop = place.via; hop; hop = hop.from.via) way.push(hop.edge);
  return way.reverse();
}
