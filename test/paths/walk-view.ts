import type { AnyStateMachine } from 'xstate';
import type { ChartModel, View } from '../model/chart-model.ts';
import { type ExploredView, exploreView, type NamedWalk, type WalkSet, walksOf } from '../model/walks.ts';
import { goalsOf } from '../support/goals.ts';
import { placesOf, wayTo } from '../support/places.ts';
import { upTo } from '../support/trail.ts';
import { childFailuresOf } from './child-failures.ts';
import { LawWatch } from './law-watch.ts';
import { LiveRun } from './live-run.ts';
import { reachableEnd } from './reachable-end.ts';
import { shortestWays } from './shortest-ways.ts';
import { shuffled } from './shuffled.ts';
import { Tally } from './tally.ts';
import { tellWalk } from './tell-walk.ts';
import type { ViewRun } from './view-run.ts';

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
 * Takes the walks through one view of a chart: pure against live at every step, every law at every edge, every goal counted.
 *
 * Never throws for what it finds; everything is in the result.
 *
 * @param done goals that smoke walks may leave out
 */
export function walkView<M extends AnyStateMachine>(
  { machine, laws }: ChartModel<M>,
  asGiven: View<M>,
  { set, seed = 0, onProgress = () => {} }: WalkOptions,
  done: ReadonlySet<string> = new Set(),
): ViewRun {
  const startedAt = performance.now();
  onProgress(`${machine.id}, ${asGiven.name}: exploring`);
  const explored = exploreView(machine, shuffled(asGiven, seed));
  const { view, graph } = explored;
  const watch = new LawWatch(laws);
  watchEdges(explored, watch);

  const tally = new Tally();
  const live = new LiveRun(machine, view);
  for (const walk of walksOf(explored, set, done)) {
    tally.count(walk.trail);
    watchWalk(walk, watch);
    live.take(walk);
    if (live.walks % PROGRESS_EVERY === 0) onProgress(`${machine.id}, ${walk.name}, ${live.steps} steps`);
  }

  const wayToGoal = shortestWays(explored);
  return {
    view: {
      name: view.name,
      states: graph.nodes.size,
      edges: [...graph.nodes.values()].reduce((sum, { edges }) => sum + edges.length, 0),
      walks: live.walks,
      steps: live.steps,
    },
    goals: new Map([...goalsOf(machine)].map((goal) => [goal, { count: tally.goal(goal), shortest: wayToGoal(goal) }])),
    visits: tally.visits,
    laws: [...watch.laws, live.law, ...reachableEnd(explored)],
    failures: childFailuresOf(explored),
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
