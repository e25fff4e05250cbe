import { describe, expect, it } from '@jest/globals';
import { coveringWalks, everyEdge } from '../support/covering-walks.ts';
import { endless, explore } from '../support/explore.ts';
import { goalsOf, goalsReached } from '../support/goals.ts';
import { pureAgainstLive } from '../support/pure-against-live.ts';
import { RECOGNISER_MODEL } from './recogniser-views.ts';
import { REPLY_MODEL } from './reply-views.ts';
import { TRANSFER_MODEL } from './transfer-views.ts';
import { MODELS } from './views.ts';

describe.each(
  [REPLY_MODEL, RECOGNISER_MODEL, TRANSFER_MODEL].map((model) => ({ id: model.machine.id })),
)('the $id chart, walked completely', ({ id }) => {
  const model = MODELS.find(({ machine }) => machine.id === id);
  if (!model) throw new Error(`no model of ${id}`);
  const graphs = model.views.map((view) => explore(model.machine, view));
  const edges = graphs.flatMap(({ nodes }) =>
    [...nodes.values()].flatMap(({ state, edges: out }) => out.map((edge) => ({ before: state, edge }))),
  );

  it.each(model.laws)('$law', ({ holds }) => {
    const broken = edges.filter(({ before, edge }) => !holds(edge.step, before));
    expect(broken.map(({ edge }) => `${edge.from} ${JSON.stringify(edge.event)}`)).toEqual([]);
  });

  it('has no dead transition, and every guard says both yes and no', () => {
    const steps = [...graphs.map(({ first }) => first), ...edges.map(({ edge }) => edge.step)];
    const reached = new Set(steps.flatMap((step) => [...goalsReached(step)]));
    expect([...goalsOf(model.machine)].filter((goal) => !reached.has(goal))).toEqual([]);
  });

  it('does the same as a live actor on every covering walk', () => {
    const divergences = graphs.flatMap((graph) =>
      coveringWalks(graph, everyEdge).map((walk) =>
        pureAgainstLive(model.machine, { input: graph.options.input, walk }),
      ),
    );
    expect(divergences.filter(Boolean)).toEqual([]);
  });
});

it('transfer always comes to its end', () => {
  expect(TRANSFER_MODEL.views.flatMap((view) => endless(explore(TRANSFER_MODEL.machine, view)))).toEqual([]);
});
