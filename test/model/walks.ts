import type { AnyStateMachine } from 'xstate';
import { coveringWalks, type Walk } from '../support/covering-walks.ts';
import { type ExploreOptions, explore } from '../support/explore.ts';
import { goalsReached } from '../support/goals.ts';
import { begin, step } from '../support/timed-model.ts';
import type { ChartModel } from './chart-model.ts';

/** A walk that people can talk about. */
export interface NamedWalk {
  /** Id of the machine. */
  readonly chart: string;
  readonly view: string;
  /** Unique in the chart and the same on every run, for example `patience 2`. */
  readonly name: string;
  /** What the machine is started with. */
  readonly input: unknown;
  readonly events: Walk;
  /** Every goal that the walk reaches: transitions by their name, refusals with ` [refused]` behind it. */
  readonly goals: readonly string[];
}

/**
 * The smoke set of a chart: few walks that together take every transition and see both outcomes of every guard.
 *
 * What the walks of one view have reached, the next ones leave out.
 */
export function smokeWalks({ machine, views }: ChartModel): readonly NamedWalk[] {
  const done = new Set<string>();
  return views.flatMap((view) => {
    const walks = coveringWalks(explore(machine, view), (edge) =>
      [...goalsReached(edge.step)].filter((goal) => !done.has(goal)),
    );
    return walks.map((events, index) => {
      const goals = goalsOn(events, machine, view);
      for (const goal of goals) done.add(goal);
      return {
        chart: machine.id,
        view: view.name,
        name: `${view.name} ${index + 1}`,
        input: view.input,
        events,
        goals,
      };
    });
  });
}

function goalsOn(walk: Walk, machine: AnyStateMachine, { input }: ExploreOptions<AnyStateMachine>): readonly string[] {
  const first = begin(machine, input);
  const goals = new Set(goalsReached(first));
  let { state } = first;
  for (const event of walk) {
    const taken = step(machine, state, event);
    for (const goal of goalsReached(taken)) goals.add(goal);
    state = taken.state;
  }
  return [...goals];
}
