import type { AnyStateMachine } from 'xstate';
import { coveringTours, everyEdge, everyTransition, type Purpose, type Tour } from '../support/covering-walks.ts';
import { explore, type Graph } from '../support/explore.ts';
import { eventsOf, type Walk } from '../support/trail.ts';
import type { ChartModel, View } from './chart-model.ts';

/** A view and everything that can happen in it. */
export interface ExploredView<M extends AnyStateMachine = AnyStateMachine> {
  readonly view: View<M>;
  readonly graph: Graph<M>;
}

/** A walk that people can talk about. */
export interface NamedWalk<M extends AnyStateMachine = AnyStateMachine> {
  /** Id of the machine. */
  readonly chart: string;
  readonly view: string;
  /** Unique in the chart and the same on every run, for example `patience 2`. */
  readonly name: string;
  /** What the machine is started with. */
  readonly input: View<M>['input'];
  readonly events: Walk;
  /** Every goal that the walk reaches: transitions by their name, refusals with ` [refused]` behind it. */
  readonly goals: ReadonlySet<string>;
  /** What the pure model does on the way. */
  readonly trail: Tour<M>;
}

/** `smoke`: every transition and both outcomes of every guard. `thorough`: every event in every state of every view. */
export type WalkSet = 'smoke' | 'thorough';

/** Visits every state of a view. */
export const exploreView = <M extends AnyStateMachine>(machine: M, view: View<M>): ExploredView<M> => ({
  view,
  graph: explore(machine, view),
});

/**
 * The walks of a set through one view, one at a time.
 *
 * @param done goals that smoke walks may leave out, because those of other views have reached them
 */
export function* walksOf<M extends AnyStateMachine>(
  { view, graph }: ExploredView<M>,
  set: WalkSet,
  done: ReadonlySet<string> = new Set(),
): Generator<NamedWalk<M>, void, undefined> {
  const everyNewTransition: Purpose<M> = {
    ...everyTransition,
    goalsOf: (edge) => edge.goals.filter((goal) => !done.has(goal)),
  };
  let count = 0;
  for (const trail of coveringTours(graph, set === 'smoke' ? everyNewTransition : everyEdge)) {
    const goals = new Set(trail.first.goals);
    for (const edge of trail.edges) for (const goal of edge.goals) goals.add(goal);
    yield {
      chart: graph.machine.id,
      view: view.name,
      name: `${view.name} ${++count}`,
      input: view.input,
      events: eventsOf(trail),
      goals,
      trail,
    };
  }
}

/** The smoke walks of a chart: few, and together they take every transition and see both outcomes of every guard. */
export function smokeWalks<M extends AnyStateMachine>({ machine, views }: ChartModel<M>): readonly NamedWalk<M>[] {
  const done = new Set<string>();
  return views.flatMap((view) => {
    const walks = [...walksOf(exploreView(machine, view), 'smoke', done)];
    for (const { goals } of walks) for (const goal of goals) done.add(goal);
    return walks;
  });
}
