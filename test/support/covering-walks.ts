import type { AnyStateMachine } from 'xstate';
import { type Edge, type Graph, happenings } from './explore.ts';
import { goalsReached } from './goals.ts';
import { OpenGoals } from './open-goals.ts';
import { type Place, placesOf, wayTo } from './places.ts';
import { step, type TimedState } from './timed-model.ts';
import { eventsOf, type Trail, type Walk } from './trail.ts';

type GoalsOfEdge<M extends AnyStateMachine> = (edge: Edge<M>) => Iterable<string>;

/** Goals of the thorough suite: every event in every state. */
export const everyEdge = <M extends AnyStateMachine>({ from, event, index }: Edge<M>): readonly string[] => [
  `${from} ${event.type} ${index}`,
];

/** Goals of the quick suite: every transition and both outcomes of every guard. */
export const everyTransition = <M extends AnyStateMachine>({ step: taken }: Edge<M>): ReadonlySet<string> =>
  goalsReached(taken);

/** A walk goes no further from where it first met its goal: a longer one is hard to understand when it fails. */
const LONGEST_DETOUR = 30;

/** The walks of {@link coveringTrails} as nothing but events. */
export const coveringWalks = <M extends AnyStateMachine>(
  graph: Graph<M>,
  goalsOfEdge: GoalsOfEdge<M>,
): readonly Walk[] => [...coveringTrails(graph, goalsOfEdge)].map(eventsOf);

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
export function* coveringTrails<M extends AnyStateMachine>(
  graph: Graph<M>,
  goalsOfEdge: GoalsOfEdge<M>,
): Generator<Trail<M>, void, undefined> {
  const goals = new OpenGoals(graph, goalsOfEdge);
  const places = placesOf(graph);
  for (const place of places.values())
    while (goals.at(place.key).size > 0) {
      const before = goals.size;
      const edges = walkVia(place, { graph, goals, places, goalsOfEdge });
      if (goals.size === before)
        throw new Error('the machine, its stimuli or its key answer differently when asked again');
      yield { first: graph.first, edges };
    }
}

interface Plan<M extends AnyStateMachine> {
  readonly graph: Graph<M>;
  readonly goals: OpenGoals<M>;
  readonly places: ReadonlyMap<string, Place<M>>;
  readonly goalsOfEdge: GoalsOfEdge<M>;
}

function walkVia<M extends AnyStateMachine>(first: Place<M>, plan: Plan<M>): readonly Edge<M>[] {
  const { graph, goals, places, goalsOfEdge } = plan;
  const walked: Edge<M>[] = [];
  const missed: Edge<M>[] = [];
  let state = graph.first.state;
  let at: Place<M> | undefined = places.get(graph.start);
  let path = wayTo(first);
  const longest = path.length + LONGEST_DETOUR;
  while (at && (path.length > 0 || walked.length === 0)) {
    for (const planned of path) {
      const edge = take(graph, state, planned);
      walked.push(edge);
      for (const goal of goalsOfEdge(edge)) goals.reach(goal);
      [at, state] = [places.get(edge.to), edge.step.state];
      if (edge.to !== planned.to) break;
    }
    // What was planned and not reached stays open, but not for this walk.
    for (const last of path.slice(-1))
      if (goals.leadsOn(last)) {
        missed.push(last);
        goals.setAside(last);
      }
    path = at && walked.length < longest ? onward(at, goals) : [];
  }
  goals.takeBack(missed);
  return walked;
}

/** Takes a planned edge from where the walk really is. */
function take<M extends AnyStateMachine>(graph: Graph<M>, state: TimedState<M>, planned: Edge<M>): Edge<M> {
  const { machine, options, nodes } = graph;
  if (nodes.get(planned.from)?.state === state) return planned;
  const candidate = happenings(options, state)[planned.index];
  const event = candidate?.type === planned.event.type ? candidate : planned.event;
  const taken = step(machine, state, event);
  return { from: planned.from, event, index: planned.index, to: options.key(taken.state), step: taken };
}

/** The way to the nearest open edge, unless a new walk from the start would be there sooner; empty when there is none. */
function onward<M extends AnyStateMachine>(start: Place<M>, goals: OpenGoals<M>): readonly Edge<M>[] {
  const here = bestOf(goals.at(start.key));
  if (here && !ends(here)) return [here];
  const found = new Map<Place<M>, { readonly edge: Edge<M>; readonly from: Place<M>; readonly distance: number }>();
  for (const place of withAll(start, found)) {
    const distance = found.get(place)?.distance ?? 0;
    const best = place === start ? undefined : bestOf(goals.at(place.key));
    if (best && distance <= place.depth && !(here && ends(best))) {
      const path = [best];
      for (let hop = found.get(place); hop; hop = hop.from === start ? undefined : found.get(hop.from))
        path.push(hop.edge);
      return path.reverse();
    }
    for (const [next, edge] of place.ways)
      if (next !== start && !found.has(next)) found.set(next, { edge, from: place, distance: distance + 1 });
  }
  return here ? [here] : [];
}

/** The start, then whatever is found from it on: the map is its own queue. */
function* withAll<T>(start: T, found: ReadonlyMap<T, unknown>): Generator<T, void, undefined> {
  yield start;
  yield* found.keys();
}

/** Of the open edges of a place: one that stays there, else one that leads on, else one that ends the machine. */
function bestOf<M extends AnyStateMachine>(open: ReadonlySet<Edge<M>>): Edge<M> | undefined {
  let best: Edge<M> | undefined;
  for (const edge of open) {
    if (edge.to === edge.from) return edge;
    if (!best || (ends(best) && !ends(edge))) best = edge;
  }
  return best;
}

const ends = ({ step: { snapshot } }: Edge<AnyStateMachine>): boolean => snapshot.status !== 'active';
