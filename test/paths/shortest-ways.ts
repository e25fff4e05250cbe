import type { AnyStateMachine } from 'xstate';
import type { Story } from '../../visualizations/coverage/coverage.ts';
import type { ExploredView } from '../model/walks.ts';
import { placesOf, wayTo } from '../support/places.ts';
import type { Trail } from '../support/trail.ts';
import { tellWalk } from './tell-walk.ts';

/**
 * For each goal the shortest way to it, over all views.
 *
 * @returns tells it; undefined when no view has a way
 */
export function shortestWays<M extends AnyStateMachine>(
  explored: readonly ExploredView<M>[],
): (goal: string) => Story | undefined {
  const ways = new Map<string, { readonly length: number; readonly view: string; readonly trail: () => Trail<M> }>();
  for (const { view, graph } of explored) {
    const offer = (goals: Iterable<string>, length: number, trail: () => Trail<M>): void => {
      for (const goal of goals)
        if (length < (ways.get(goal)?.length ?? Number.POSITIVE_INFINITY))
          ways.set(goal, { length, view: view.name, trail });
    };
    offer(graph.first.goals, 0, () => ({ first: graph.first, edges: [] }));
    for (const place of placesOf(graph).values())
      for (const edge of graph.nodes.get(place.key)?.edges ?? [])
        offer(edge.goals, place.depth + 1, () => ({ first: graph.first, edges: [...wayTo(place), edge] }));
  }
  return (goal) => {
    const way = ways.get(goal);
    return way && tellWalk(way.view, way.trail());
  };
}
