import type { AnyEventObject, AnyStateMachine } from 'xstate';
import { type Edge, type Graph, happenings } from './explore.ts';
import { goalsReached } from './goals.ts';
import { step, type TimedState } from './timed-model.ts';

/** Events to send one after the other, from the start. */
export type Walk = readonly AnyEventObject[];

type GoalsOfEdge<M extends AnyStateMachine> = (edge: Edge<M>) => Iterable<string>;

/** Goals of the thorough suite: every event in every state. */
export const everyEdge = <M extends AnyStateMachine>({ from, event, index }: Edge<M>): readonly string[] => [
  `${from} ${event.type} ${index}`,
];

/** Goals of the quick suite: every transition and both outcomes of every guard. */
export const everyTransition = <M extends AnyStateMachine>({ step: taken }: Edge<M>): ReadonlySet<string> =>
  goalsReached(taken);

/**
 * Few walks that together reach every goal any edge of the graph reaches.
 *
 * Greedy: each walk goes to the nearest goal still open until none is within reach, then the next one starts. Planned on
 * the graph, but taken on the machine: a state of the graph stands for many, so the events of a walk are chosen again where
 * it really is (an epoch in a payload is the one of that moment), and only what it really reaches counts. What a walk
 * misses because the key is coarse is left to a later walk: from the start the way is the explorer's own, state by state,
 * so every walk reaches at least its first goal. The walks are the same on every run.
 *
 * @throws when a walk reaches nothing new: something is not a function of the state then
 */
export function coveringWalks<M extends AnyStateMachine>(
  graph: Graph<M>,
  goalsOfEdge: GoalsOfEdge<M>,
): readonly Walk[] {
  const goals = new Map<Edge<M>, readonly string[]>();
  for (const { edges } of graph.nodes.values()) for (const edge of edges) goals.set(edge, [...goalsOfEdge(edge)]);
  const open = new Set([...goals.values()].flat());
  const walks: Walk[] = [];
  while (open.size > 0) {
    const before = open.size;
    const walk: AnyEventObject[] = [];
    const missed = new Set<Edge<M>>();
    const leadsOn = (edge: Edge<M>): boolean =>
      !missed.has(edge) && (goals.get(edge)?.some((goal) => open.has(goal)) ?? false);
    let [at, state] = [graph.start, graph.first.state];
    for (let path = pathTo(leadsOn, graph, at); path.length > 0; path = pathTo(leadsOn, graph, at)) {
      for (const planned of path) {
        const edge = take(graph, state, planned);
        walk.push(edge.event);
        for (const goal of goalsOfEdge(edge)) open.delete(goal);
        [at, state] = [edge.to, edge.step.state];
        if (edge.to !== planned.to) break;
      }
      for (const edge of path.slice(-1)) if (leadsOn(edge)) missed.add(edge);
    }
    if (open.size === before)
      throw new Error('the machine, its stimuli or its key answer differently when asked again');
    walks.push(walk);
  }
  return walks;
}

/** Takes a planned edge from where the walk really is. */
function take<M extends AnyStateMachine>(graph: Graph<M>, state: TimedState<M>, planned: Edge<M>): Edge<M> {
  const { machine, options } = graph;
  const candidate = happenings(options, state)[planned.index];
  const event = candidate?.type === planned.event.type ? candidate : planned.event;
  const taken = step(machine, state, event);
  return { from: planned.from, event, index: planned.index, to: options.key(taken.state), step: taken };
}

/** The shortest path whose last edge is wanted; empty when there is none. */
function pathTo<M extends AnyStateMachine>(
  wanted: (edge: Edge<M>) => boolean,
  { nodes }: Graph<M>,
  start: string,
): readonly Edge<M>[] {
  const cameBy = new Map<string, Edge<M> | undefined>([[start, undefined]]);
  for (const at of cameBy.keys())
    for (const edge of nodes.get(at)?.edges ?? []) {
      if (wanted(edge)) {
        const path = [edge];
        for (let hop = cameBy.get(at); hop; hop = cameBy.get(hop.from)) path.push(hop);
        return path.reverse();
      }
      if (!cameBy.has(edge.to)) cameBy.set(edge.to, edge);
    }
  return [];
}
