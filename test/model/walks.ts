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

/** Visits every state of every view. */
export const exploreViews = <M extends AnyStateMachine>({
  machine,
  views,
}: ChartModel<M>): readonly ExploredView<M>[] => views.map((view) => ({ view, graph: explore(machine, view) }));

/** The walks of a set, one at a time. What the smoke walks of one view have reached, the next ones leave out. */
export function* walksOf<M extends AnyStateMachine>(
  { machine }: ChartModel<M>,
  explored: readonly ExploredView<M>[],
  set: WalkSet,
): Generator<NamedWalk<M>, void, undefined> {
  const done = new Set<string>();
  const everyNewTransition: Purpose<M> = {
    ...everyTransition,
    goalsOf: (edge) => edge.goals.filter((goal) => !done.has(goal)),
  };
  for (const { view, graph } of explored) {
    let count = 0;
    const reached = new Set<string>();
    for (const trail of coveringTours(graph, set === 'smoke' ? everyNewTransition : everyEdge)) {
      const goals = new Set(trail.first.goals);
      for (const edge of trail.edges) for (const goal of edge.goals) goals.add(goal);
      for (const goal of goals) reached.add(goal);
      const name = `${view.name} ${++count}`;
      yield { chart: machine.id, view: view.name, name, input: view.input, events: eventsOf(trail), goals, trail };
    }
    for (const goal of reached) done.add(goal);
  }
}

/** The smoke walks of a chart: few, and together they take every transition and see both outcomes of every guard. */
export const smokeWalks = <M extends AnyStateMachine>(model: ChartModel<M>): readonly NamedWalk<M>[] => [
  ...walksOf(model, exploreViews(model), 'smoke'),
];
