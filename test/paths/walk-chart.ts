import type { AnyStateMachine } from 'xstate';
import { describeChart } from '../../visualizations/chart/describe-chart.ts';
import type { ChartCoverage, Tally as TallyCoverage } from '../../visualizations/coverage/coverage.ts';
import type { ChartModel } from '../model/chart-model.ts';
import { type ExploredView, exploreViews, type NamedWalk, type WalkSet, walksOf } from '../model/walks.ts';
import { placesOf, wayTo } from '../support/places.ts';
import { upTo } from '../support/trail.ts';
import { LawWatch } from './law-watch.ts';
import { LiveRun } from './live-run.ts';
import { shortestWays } from './shortest-ways.ts';
import { shuffled } from './shuffled.ts';
import { Tally } from './tally.ts';
import { tellWalk } from './tell-walk.ts';
import { lawsOfTheWhole } from './whole-laws.ts';

export interface WalkOptions {
  readonly set: WalkSet;
  /** See {@link shuffled}. Default 0. */
  readonly seed?: number;
  /** Called now and then with what is being done. */
  readonly onProgress?: (doing: string) => void;
}

/** Between two reports of progress (walks). */
const PROGRESS_EVERY = 100;

/**
 * Takes the walks of one chart: pure against live at every step, every law at every edge, every goal counted.
 *
 * Never throws for what it finds; everything is in the result.
 */
export function walkChart<M extends AnyStateMachine>(
  given: ChartModel<M>,
  { set, seed = 0, onProgress = () => {} }: WalkOptions,
): ChartCoverage {
  const startedAt = performance.now();
  const { machine, views, laws } = given;
  const model = { ...given, views: views.map((view) => shuffled(view, seed)) };
  onProgress(`${machine.id}: exploring ${model.views.length} views`);
  const explored = exploreViews(model);
  const watch = new LawWatch(laws);
  for (const view of explored) watchEdges(view, watch);

  const tally = new Tally();
  const live = new LiveRun(model);
  const taken = new Map(views.map(({ name }) => [name, { walks: 0, steps: 0 }]));
  for (const walk of walksOf(model, explored, set)) {
    tally.count(walk.trail);
    watchWalk(walk, watch);
    live.take(walk);
    const counts = taken.get(walk.view);
    if (counts) {
      counts.walks++;
      counts.steps += walk.events.length;
    }
    if (live.walks % PROGRESS_EVERY === 0) onProgress(`${machine.id}: ${walk.name}, ${live.steps} steps`);
  }

  onProgress(`${machine.id}: telling the shortest ways`);
  const wayTo = shortestWays(explored);
  const tallyOf = (goal: string): TallyCoverage => ({ count: tally.goal(goal), shortest: wayTo(goal) });
  const chart = describeChart(machine);
  return {
    id: machine.id,
    views: explored.map(({ view: { name }, graph: { nodes } }) => ({
      name,
      states: nodes.size,
      edges: [...nodes.values()].reduce((sum, { edges }) => sum + edges.length, 0),
      ...(taken.get(name) ?? { walks: 0, steps: 0 }),
    })),
    transitions: chart.transitions.map((transition) => ({
      ...transition,
      taken: tallyOf(transition.id),
      refused: transition.guard === undefined ? undefined : tallyOf(`${transition.id} [refused]`),
    })),
    states: chart.states.map(({ id }) => ({ id, visits: tally.state(id) })),
    laws: [...watch.laws, live.law, ...lawsOfTheWhole(model, explored)],
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** Every edge the explorer found, each with the shortest way to it. */
function watchEdges<M extends AnyStateMachine>({ view, graph }: ExploredView<M>, watch: LawWatch<M>): void {
  const { first, nodes } = graph;
  watch.check(first, undefined, () => tellWalk(view.name, { first, edges: [] }));
  for (const place of placesOf(graph).values()) {
    const node = nodes.get(place.key);
    for (const edge of node?.edges ?? [])
      watch.check(edge, node?.state, () => tellWalk(view.name, { first, edges: [...wayTo(place), edge] }));
  }
}

/** What a walk does that the explorer did not: the same edges from other states. */
function watchWalk<M extends AnyStateMachine>({ view, trail }: NamedWalk<M>, watch: LawWatch<M>): void {
  let before = trail.first.state;
  for (const [index, edge] of trail.edges.entries()) {
    if (edge !== edge.original) watch.check(edge, before, () => tellWalk(view, upTo(trail, index + 1)));
    before = edge.state;
  }
}
