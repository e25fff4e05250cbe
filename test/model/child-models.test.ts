import { describe, expect, it } from '@jest/globals';
import type { AnyEventObject, AnyStateMachine } from 'xstate';
import { recogniserMachine } from '../../machines/recogniser/machine.ts';
import { CONTROL_TOOLS } from '../../machines/reply/control-tools.ts';
import { replyMachine } from '../../machines/reply/machine.ts';
import { transferMachine } from '../../machines/transfer/machine.ts';
import { coveringWalks, everyEdge } from '../support/covering-walks.ts';
import { childFailures, endless, explore, type Graph } from '../support/explore.ts';
import { goalsOf, goalsReached } from '../support/goals.ts';
import { pureAgainstLive } from '../support/pure-against-live.ts';
import { remaining, type TimedState } from '../support/timed-model.ts';

const failure = (retryable: boolean) => ({ code: 'unavailable', message: 'down', retryable }) as const;
const refused = { code: 'rate-limit', message: 'too many', retryable: true } as const;
const timers = (state: TimedState<AnyStateMachine>) => remaining(state).map(({ id, ms }) => `${id} ${ms}`);
const alive = (child: string, state: TimedState<AnyStateMachine>, events: readonly AnyEventObject[]) =>
  Object.hasOwn(state.snapshot.children, child) ? events : [];

/** What every chart of a child keeps, apart from its own laws. */
function lawsOf<M extends AnyStateMachine>(name: string, graph: Graph<M>): void {
  const edges = [...graph.nodes.values()].flatMap((node) => node.edges);

  it(`${name} has no dead transition, and every guard says both yes and no`, () => {
    const reached = new Set(
      [graph.first, ...edges.map((edge) => edge.step)].flatMap((step) => [...goalsReached(step)]),
    );
    expect([...goalsOf(graph.machine)].filter((goal) => !reached.has(goal))).toEqual([]);
  });

  it(`${name} survives the failure of its children in every state`, () => {
    expect(edges.filter(({ step }) => step.state.snapshot.status === 'error').map(({ from }) => from)).toEqual([]);
  });

  it(`${name} does the same as a live actor on every covering walk`, () => {
    const { input } = graph.options;
    const walks = coveringWalks(graph, everyEdge);
    expect(walks.map((walk) => pureAgainstLive(graph.machine, { input, walk })).filter(Boolean)).toEqual([]);
  });
}

describe('the charts of the children, walked completely', () => {
  lawsOf(
    'reply',
    explore(replyMachine, {
      input: {
        epoch: 1,
        history: [{ role: 'user', text: 'When is breakfast?' }],
        emergencyPhrases: ['call an ambulance'],
        replyFirstToken: 4000,
        toolTimeout: 8000,
      },
      stimuli: (state) => [
        ...alive('draft', state, [
          { type: 'draft.text', text: 'From seven. ' },
          { type: 'draft.text', text: 'Please call an ambulance. ' },
          { type: 'draft.toolCall', call: { id: 'c', name: CONTROL_TOOLS.endCall, arguments: '{}' } },
          { type: 'draft.finished', expects: 'thanks' },
          { type: 'draft.failed', failure: failure(true) },
          // The model may ask for any number of tools; two show how they follow each other.
          ...(state.snapshot.context.calls.length < 2
            ? [{ type: 'draft.toolCall', call: { id: 't', name: 'look_up', arguments: '{}' } }]
            : []),
        ]),
        ...alive('tool', state, [{ type: 'tool.returned', result: '{}' }]),
        ...childFailures(state),
      ],
      key: (state) => {
        const { value, context } = state.snapshot;
        return JSON.stringify([value, context.calls.length, Math.min(context.rounds, 3), timers(state)]);
      },
    }),
  );

  lawsOf(
    'recogniser',
    explore(recogniserMachine, {
      input: { topic: 'opening', connectTimeout: 5000, reconnectPause: 500 },
      stimuli: (state) => [
        { type: 'recogniser.expect', topic: 'dates' },
        ...alive('connection', state, [
          { type: 'connection.opened' },
          { type: 'connection.lost', failure: failure(true) },
          { type: 'connection.lost', failure: failure(false) },
          { type: 'caller.speechStarted' },
          { type: 'caller.interim', text: 'when' },
          { type: 'caller.eagerEndOfTurn', text: 'when' },
          { type: 'caller.turnResumed' },
          { type: 'caller.endOfTurn', text: 'when is breakfast', confidence: 1, words: [] },
        ]),
        ...childFailures(state),
      ],
      key: (state) => JSON.stringify([state.snapshot.value, state.snapshot.context.tries, timers(state)]),
    }),
  );

  const transfer = explore(transferMachine, {
    input: { destination: { kind: 'human', number: '+14155550100' }, timeout: 10_000 },
    stimuli: (state) => [
      ...alive('handOver', state, [
        { type: 'xstate.done.actor.handOver', output: { ok: true }, actorId: 'handOver' },
        { type: 'xstate.done.actor.handOver', output: { ok: false, failure: failure(true) }, actorId: 'handOver' },
        { type: 'xstate.done.actor.handOver', output: { ok: false, failure: refused }, actorId: 'handOver' },
      ]),
      ...childFailures(state),
    ],
    key: (state) => JSON.stringify([state.snapshot.value, state.snapshot.context.tries, timers(state)]),
  });
  lawsOf('transfer', transfer);

  it('transfer always comes to its end', () => {
    expect(endless(transfer)).toEqual([]);
  });
});
