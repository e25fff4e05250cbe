import type { AnyStateMachine } from 'xstate';
import type { Story } from '../../visualizations/coverage/coverage.ts';
import type { ExploredView } from '../model/walks.ts';
import { placesOf, wayTo } from '../support/places.ts';
import type { Trail } from '../support/trail.ts';
import { tellWalk } from './tell-walk.ts';

/**
 * For each goal the shortest way to it in a view.
 *
 * @returns tells it; undefined when there is none
 */
export function shortestWays<M extends AnyStateMachine>({
  view,
  graph,
}: ExploredView<M>): (goal: string) => Story | undefined {
  const { first, nodes } = graph;
  const ways = new Map<string, { readonly length: number; readonly trail: () => Trail<M> }>();
  const offer = (goals: Iterable<string>, length: number, trail: () => Trail<M>): void => {
    for (const goal of goals)
      if (length < (ways.get(goal)?.length ?? Number.POSITIVE_INFINITY)) ways.set(goal, { length, trail });
  };
  offer(first.goals, 0, () => ({ first, edges: [] }));
  for (const place of placesOf(graph).values())
    for (const edge of nodes.get(place.key)?.edges ?? [])
      offer(edge.goals, place.depth + 1, () => ({ first, edges: [...wayTo(place), edge] }));
  return (goal) => {
    const way = ways.get(goal);
    return way && tellWalk(view.name, way.trail());
  };
}
