import type { AnyStateMachine } from 'xstate';
import type { Edge, Graph } from './explore.ts';

/** A state of the graph with what a walk has still to do there. */
export interface Place<M extends AnyStateMachine> {
  readonly key: string;
  /** Edges on the shortest way from the start. */
  readonly depth: number;
  /** The last of them; undefined at the start. */
  readonly via: { readonly edge: Edge<M>; readonly from: Place<M> } | undefined;
  /** One edge to each other place that can be reached in one step. */
  readonly ways: ReadonlyMap<Place<M>, Edge<M>>;
  /** Edges that lead to a goal nobody has reached yet. */
  readonly open: Set<Edge<M>>;
}

/** The goals of a graph that are still to be reached, and where. */
export class OpenGoals<M extends AnyStateMachine> {
  readonly places: ReadonlyMap<string, Place<M>>;
  readonly #edgesTo = new Map<string, Edge<M>[]>();
  readonly #goalsLeft = new Map<Edge<M>, number>();

  /** @param goalsOf the goals that one edge reaches */
  constructor(graph: Graph<M>, goalsOf: (edge: Edge<M>) => Iterable<string>) {
    this.places = placesOf(graph);
    for (const { key, open } of this.places.values())
      for (const edge of graph.nodes.get(key)?.edges ?? []) {
        const goals = new Set(goalsOf(edge));
        if (goals.size === 0) continue;
        this.#goalsLeft.set(edge, goals.size);
        open.add(edge);
        for (const goal of goals) {
          const others = this.#edgesTo.get(goal);
          if (others) others.push(edge);
          else this.#edgesTo.set(goal, [edge]);
        }
      }
  }

  /** How many goals are left. */
  get size(): number {
    return this.#edgesTo.size;
  }

  /** Closes a goal: edges that lead to no other are no longer open. */
  reach(goal: string): void {
    for (const edge of this.#edgesTo.get(goal) ?? []) {
      const left = (this.#goalsLeft.get(edge) ?? 0) - 1;
      this.#goalsLeft.set(edge, left);
      if (left === 0) this.places.get(edge.from)?.open.delete(edge);
    }
    this.#edgesTo.delete(goal);
  }

  /** Whether an edge still leads to a goal. */
  leadsOn(edge: Edge<M>): boolean {
    return (this.#goalsLeft.get(edge) ?? 0) > 0;
  }
}

/** In the order of discovery: whoever is first found lies on a shortest way from the start. */
function placesOf<M extends AnyStateMachine>({ nodes, start }: Graph<M>): ReadonlyMap<string, Place<M>> {
  type Draft = Place<M> & { readonly ways: Map<Place<M>, Edge<M>> };
  const draft = (key: string, depth: number, via: Place<M>['via']): Draft => ({
    key,
    depth,
    via,
    ways: new Map(),
    open: new Set(),
  });
  const places = new Map<string, Draft>([[start, draft(start, 0, undefined)]]);
  for (const place of places.values())
    for (const edge of nodes.get(place.key)?.edges ?? []) {
      if (edge.to === place.key) continue;
      const known = places.get(edge.to);
      const next = known ?? draft(edge.to, place.depth + 1, { edge, from: place });
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
