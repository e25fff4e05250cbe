import { beforeAll, describe, expect, it } from '@jest/globals';
import { callMachine } from '../../machines/call/machine.ts';
import { coveringWalks, everyTransition } from '../support/covering-walks.ts';
import { endless, explore, type Graph } from '../support/explore.ts';
import { goalsOf, goalsReached } from '../support/goals.ts';
import { pureAgainstLive } from '../support/pure-against-live.ts';
import { CALL_MODEL } from './call-views.ts';

type CallGraph = Graph<typeof callMachine>;
const graphs: CallGraph[] = [];
beforeAll(() => {
  for (const view of CALL_MODEL.views) graphs.push(explore(callMachine, view));
}, 120_000);

const edges = () =>
  graphs.flatMap(({ nodes }) =>
    [...nodes.values()].flatMap(({ state, edges: out }) => out.map((edge) => ({ before: state, edge }))),
  );

describe('the call chart, walked completely', () => {
  it.each(CALL_MODEL.laws)('$law', ({ holds }) => {
    const broken = edges()
      .filter(({ before, edge }) => !holds(edge.step, before))
      .map(({ edge }) => `${edge.from} ${JSON.stringify(edge.event)}`);
    expect(broken.slice(0, 5)).toEqual([]);
  });

  it('can be ended from everywhere', () => {
    expect(graphs.flatMap(endless)).toEqual([]);
  });

  it('has no dead transition, and every guard says both yes and no', () => {
    const reached = new Set(graphs.flatMap(({ first }) => [...goalsReached(first)]));
    for (const { edge } of edges()) for (const goal of goalsReached(edge.step)) reached.add(goal);
    expect([...goalsOf(callMachine)].filter((goal) => !reached.has(goal))).toEqual([]);
  });

  it('does the same as a live actor on every covering walk', () => {
    const divergences = graphs.flatMap((graph) =>
      coveringWalks(graph, everyTransition).map((walk) =>
        pureAgainstLive(callMachine, { input: graph.options.input, walk }),
      ),
    );
    expect(divergences.length).toBeGreaterThan(2);
    expect(divergences.filter(Boolean)).toEqual([]);
  });
});
