import type { AnyStateMachine } from 'xstate';
import { Edge, type Graph, happenings } from './explore.ts';
import { OpenGoals } from './open-goals.ts';
import { type Place, placesOf, wayTo } from './places.ts';
import { step, type TimedState } from './timed-model.ts';
import { eventsOf, type Trail, type Walk } from './trail.ts';

/** What walks are for. */
export interface Purpose<M extends AnyStateMachine> {
  /** The goals that an edge reaches: anything that can be told apart. */
  goalsOf(edge: Edge<M>): Iterable<unknown>;
  /** How often a walk goes on to another state after its first goal: a long one is hard to understand when it fails. */
  readonly moves: number;
  /** How far it looks for more to do, from where it is (moves). */
  readonly reach: number;
}

/** The thorough suite: every event in every state. Each end needs a walk of its own, so walks are many and may be short. */
export const everyEdge: Purpose<AnyStateMachine> = { goalsOf: ({ original }) => [original], moves: 12, reach: 3 };

/** The quick suite: every transition and both outcomes of every guard, on few walks. */
export const everyTransition: Purpose<AnyStateMachine> = { goalsOf: ({ goals }) => goals, moves: 30, reach: 30 };

/** A walk along edges, those of the explorer or the same ones taken from another state. */
export interface Tour<M extends AnyStateMachine> extends Trail<M> {
  readonly first: Graph<M>['first'];
  readonly edges: readonly Edge<M>[];
}

/** The walks of {@link coveringTours} as nothing but events. */
export const coveringWalks = <M extends AnyStateMachine>(graph: Graph<M>, purpose: Purpose<M>): readonly Walk[] =>
  [...coveringTours(graph, purpose)].map(eventsOf);

/**
 * Few walks that together reach every goal any edge of the graph reaches, one at a time.
 *
 * Each begins with the explorer's own way to the next place where something is left to do, places taken in the order of
 * discovery. From there it goes on to whatever is left and not further than it is from the start: first what keeps the place,
 * then what leads on, at last what ends the machine.
 *
 * Planned on the graph, but taken on the machine: a place stands for many states, so the events of a walk are chosen again
 * where it really is (an epoch in a payload is the one of that moment), and only what it really reaches counts. On the
 * explorer's own way they are the same, and what the machine did there is not computed again: most steps of a thorough
 * suite are such prefixes. What a walk misses because the key is coarse is left to a later one. The walks are the same on
 * every run.
 *
 * @throws when a walk reaches nothing new: something is not a function of the state then
 */
export function* coveringTours<M extends AnyStateMachine>(
  graph: Graph<M>,
  purpose: Purpose<M>,
): Generator<Tour<M>, void, undefined> {
  const goals = new OpenGoals(graph, purpose.goalsOf);
  const places = placesOf(graph);
  for (const place of places.values())
    while (openAt(place, goals).length > 0) {
      const before = goals.size;
      const edges = tourVia(place, { graph, goals, places, purpose });
      if (goals.size === before)
        throw new Error('the machine, its stimuli or its key answer differently when asked again');
      yield { first: graph.first, edges };
    }
}

interface Plan<M extends AnyStateMachine> {
  readonly graph: Graph<M>;
  readonly goals: OpenGoals<M>;
  readonly places: ReadonlyMap<string, Place<M>>;
  readonly purpose: Purpose<M>;
}

function tourVia<M extends AnyStateMachine>(first: Place<M>, plan: Plan<M>): readonly Edge<M>[] {
  const { graph, goals, places, purpose } = plan;
  const toured: Edge<M>[] = [];
  const missed: Edge<M>[] = [];
  let state = graph.first.state;
  let at = places.get(graph.start);
  let path = wayTo(first);
  let moves = -path.length;
  const before = goals.size;
  do {
    for (const planned of path) {
      const edge = take(graph, state, planned);
      toured.push(edge);
      for (const goal of purpose.goalsOf(edge)) goals.reach(goal);
      if (edge.to !== edge.from) moves++;
      [at, state] = [places.get(edge.to), edge.state];
      if (edge.to !== planned.to) break;
    }
    // What was planned and not reached stays open, but not for this walk.
    for (const last of path.slice(-1))
      if (goals.leadsOn(last)) {
        missed.push(last);
        goals.setAside(last);
      }
    // Whatever is left at the first place comes first: there, and nowhere else, the walk is sure of where it is.
    if (goals.size === before) path = at ? openAt(at, goals) : [];
    else path = at ? onward(at, plan, purpose.moves - moves) : [];
  } while (path.length > 0);
  goals.takeBack(missed);
  return toured;
}

/** Takes a planned edge from where the walk really is. */
function take<M extends AnyStateMachine>(graph: Graph<M>, state: TimedState<M>, planned: Edge<M>): Edge<M> {
  const { machine, options, nodes } = graph;
  const { from, index } = planned;
  if (nodes.get(from)?.state === state) return planned;
  const candidate = happenings(options, state)[index];
  const event = candidate?.type === planned.event.type ? candidate : planned.event;
  const taken = step(machine, state, event);
  return new Edge({ from, event, index, to: options.key(taken.state), step: taken, original: planned });
}

/** An open edge of a place, if any: one that stays there, else one that leads on, else one that ends the machine. */
function openAt<M extends AnyStateMachine>({ key }: Place<M>, goals: OpenGoals<M>): readonly Edge<M>[] {
  const edge = goals.staying(key) ?? goals.leading(key) ?? goals.ending(key);
  return edge ? [edge] : [];
}

/**
 * The way to the nearest open edge, unless a new walk from the start would be there sooner; empty when there is none.
 *
 * @param moves how many more the walk may make
 */
function onward<M extends AnyStateMachine>(
  start: Place<M>,
  { goals, purpose }: Plan<M>,
  moves: number,
): readonly Edge<M>[] {
  const here = goals.staying(start.key) ?? (moves > 0 ? goals.leading(start.key) : undefined);
  if (here) return [here];
  const end = goals.ending(start.key);
  // An end can wait: every walk has one, and can have no more.
  const worthwhile = end ? goals.leadSomewhere : goals.size > 0;
  const found = new Map<Place<M>, { readonly edge: Edge<M>; readonly from: Place<M>; readonly distance: number }>();
  for (const place of worthwhile ? withAll(start, found) : []) {
    const distance = found.get(place)?.distance ?? 0;
    if (distance >= Math.min(moves, purpose.reach)) break;
    const { key, depth, ways } = place;
    const best =
      distance > 0 && distance <= depth
        ? (goals.staying(key) ?? goals.leading(key) ?? (end ? undefined : goals.ending(key)))
        : undefined;
    if (best) {
      const path = [best];
      for (let hop = found.get(place); hop; hop = hop.from === start ? undefined : found.get(hop.from))
        path.push(hop.edge);
      return path.reverse();
    }
    for (const [next, edge] of ways)
      if (next !== start && !found.has(next)) found.set(next, { edge, from: place, distance: distance + 1 });
  }
  return end ? [end] : [];
}

/** The start, then whatever is found from it on: the map is its own queue. */
function* withAll<T>(start: T, found: ReadonlyMap<T, unknown>): Generator<T, void, undefined> {
  yield start;
  yield* found.keys();
}
