import type { AnyStateMachine } from 'xstate';
import { type Edge, type Graph, happenings } from './explore.ts';
import { goalsReached } from './goals.ts';
import { OpenGoals, type Place, wayTo } from './open-goals.ts';
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
  for (const place of goals.places.values())
    while (place.open.size > 0) {
      const before = goals.size;
      const edges = walkFrom(place, goals, graph, goalsOfEdge);
      if (goals.size === before)
        throw new Error('the machine, its stimuli or its key answer differently when asked again');
      yield { first: graph.first, edges };
    }
}

function walkFrom<M extends AnyStateMachine>(
  first: Place<M>,
  goals: OpenGoals<M>,
  graph: Graph<M>,
  goalsOfEdge: GoalsOfEdge<M>,
): readonly Edge<M>[] {
  const walked: Edge<M>[] = [];
  const missed: Edge<M>[] = [];
  let state = graph.first.state;
  let at = graph.start;
  let path: readonly Edge<M>[] = wayTo(first);
  const longest = path.length + LONGEST_DETOUR;
  for (;;) {
    for (const planned of path) {
      const edge = take(graph, state, planned);
      walked.push(edge);
      for (const goal of goalsOfEdge(edge)) goals.reach(goal);
      [at, state] = [edge.to, edge.step.state];
      if (edge.to !== planned.to) break;
    }
    // What was planned here and not reached stays open, but not for this walk.
    const last = path.at(-1);
    if (last && goals.leadsOn(last)) {
      missed.push(last);
      goals.places.get(last.from)?.open.delete(last);
    }
    const place = goals.places.get(at);
    path = place && walked.length < longest ? onward(place) : [];
    if (path.length === 0) break;
  }
  for (const edge of missed) if (goals.leadsOn(edge)) goals.places.get(edge.from)?.open.add(edge);
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
function onward<M extends AnyStateMachine>(start: Place<M>): readonly Edge<M>[] {
  const here = bestOf(start);
  if (here && !ends(here)) return [here];
  const cameBy = new Map<
    Place<M>,
    { readonly edge: Edge<M>; readonly from: Place<M>; readonly distance: number } | undefined
  >([[start, undefined]]);
  for (const [place, hop] of cameBy) {
    const distance = hop?.distance ?? 0;
    const best = place === start ? undefined : bestOf(place);
    if (best && distance <= place.depth && !(here && ends(best))) {
      const path = [best];
      for (let back = hop; back; back = cameBy.get(back.from)) path.push(back.edge);
      return path.reverse();
    }
    for (const [next, edge] of place.ways)
      if (!cameBy.has(next)) cameBy.set(next, { edge, from: place, distance: distance + 1 });
  }
  return here ? [here] : [];
}

/** Of the open edges of a place: one that stays there, else one that leads on, else one that ends the machine. */
function bestOf<M extends AnyStateMachine>({ open }: Place<M>): Edge<M> | undefined {
  let best: Edge<M> | undefined;
  for (const edge of open) {
    if (edge.to === edge.from) return edge;
    if (!best || (ends(best) && !ends(edge))) best = edge;
  }
  return best;
}

const ends = ({ step: { snapshot } }: Edge<AnyStateMachine>): boolean => snapshot.status !== 'active';
