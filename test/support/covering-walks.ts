import type { AnyEventObject, AnyStateMachine } from 'xstate';
import type { Edge, Graph } from './explore.ts';
import { goalsReached } from './goals.ts';

/** Events to send one after the other, from the start. */
export type Walk = readonly AnyEventObject[];

type GoalsOfEdge<M extends AnyStateMachine> = (edge: Edge<M>) => Iterable<string>;

/** Goals of the thorough suite: every event in every state. */
export const everyEdge = <M extends AnyStateMachine>({ from, event }: Edge<M>): readonly string[] => [
  `${from} ${JSON.stringify(event)}`,
];

/** Goals of the quick suite: every transition and both outcomes of every guard. */
export const everyTransition = <M extends AnyStateMachine>({ step }: Edge<M>): ReadonlySet<string> =>
  goalsReached(step);

/**
 * Few walks that together reach every goal any edge of the graph reaches.
 *
 * Greedy: each walk goes to the nearest goal still open until none is left within reach, then the next one starts.
 * The walks are the same on every run.
 */
export function coveringWalks<M extends AnyStateMachine>(
  graph: Graph<M>,
  goalsOfEdge: GoalsOfEdge<M>,
): readonly Walk[] {
  const goals = new Map<Edge<M>, readonly string[]>();
  for (const { edges } of graph.nodes.values()) for (const edge of edges) goals.set(edge, [...goalsOfEdge(edge)]);
  const open = new Set([...goals.values()].flat());
  const leadsOn = (edge: Edge<M>): boolean => goals.get(edge)?.some((goal) => open.has(goal)) ?? false;

  const walks: Walk[] = [];
  while (open.size > 0) {
    const walk: AnyEventObject[] = [];
    let at = graph.start;
    for (let path = pathTo(leadsOn, graph, at); path.length > 0; path = pathTo(leadsOn, graph, at))
      for (const edge of path) {
        walk.push(edge.event);
        at = edge.to;
        for (const goal of goals.get(edge) ?? []) open.delete(goal);
      }
    if (walk.length === 0) throw new Error(`no way from the start to ${[...open].join(', ')}`);
    walks.push(walk);
  }
  return walks;
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
