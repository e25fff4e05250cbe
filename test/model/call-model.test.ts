import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnyEventObject } from 'xstate';
import { INVARIANTS } from '../../machines/call/invariants.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { BRIEF } from '../support/call-on-paper.ts';
import { coveringWalks, everyTransition } from '../support/covering-walks.ts';
import { childFailures, endless, explore, type Graph } from '../support/explore.ts';
import { goalsOf, goalsReached } from '../support/goals.ts';
import { pureAgainstLive } from '../support/pure-against-live.ts';
import { ASIDE, callKey, callStimuli, patientKey } from './call-stimuli.ts';

// Further away than any other timer, so that it is never the next: it comes as an event, at any time.
const INPUT = { ...BRIEF, deadlines: { ...BRIEF.deadlines, maxCall: 1e9 } };
const { human: _, emergency: __, ...ALONE } = INPUT;
const MAXIMUM_CALL: AnyEventObject = { type: 'xstate.after.maximum call.call.active.length.within' };

/** Crossing everything with everything would be hundreds of thousands of states: four views, each complete in itself. */
const VIEWS = {
  conversation: () =>
    explore(callMachine, {
      input: INPUT,
      stimuli: (state) => [...callStimuli(state), ...childFailures(state)],
      key: callKey,
    }),
  'recognition, line and length': () =>
    explore(callMachine, {
      input: INPUT,
      stimuli: (state) => [
        ...only(
          callStimuli(state),
          'caller.speechStarted',
          'caller.endOfTurn',
          'playout.finished',
          'line.dtmf',
          'line.stopped',
          'recognition.failed',
        ),
        ...ASIDE,
        MAXIMUM_CALL,
      ],
      key: callKey,
    }),
  patience: () =>
    explore(callMachine, {
      input: INPUT,
      stimuli: (state) => only(callStimuli(state), 'caller.endOfTurn', 'playout.finished', 'reply.failed'),
      key: patientKey,
    }),
  'nobody to hand over to': () =>
    explore(callMachine, {
      input: ALONE,
      stimuli: (state) =>
        only(
          callStimuli(state),
          'caller.endOfTurn',
          'playout.finished',
          'reply.failed',
          'reply.emergency',
          'line.dtmf',
        ),
      key: patientKey,
    }),
} as const;

const only = (events: readonly AnyEventObject[], ...types: string[]): readonly AnyEventObject[] =>
  events.filter(({ type }) => types.includes(type));

type CallGraph = Graph<typeof callMachine>;
const graphs: CallGraph[] = [];
beforeAll(() => {
  for (const view of Object.values(VIEWS)) graphs.push(view());
}, 120_000);

const edges = () =>
  graphs.flatMap(({ nodes }) =>
    [...nodes.values()].flatMap(({ state, edges: out }) => out.map((edge) => ({ before: state.snapshot, edge }))),
  );

describe('the call chart, walked completely', () => {
  it.each(INVARIANTS)('$law', ({ holds }) => {
    const broken = edges()
      .filter(({ before, edge }) => !holds(edge.step.state.snapshot, before))
      .map(({ edge }) => `${edge.from} ${JSON.stringify(edge.event)}`);
    expect(broken.slice(0, 5)).toEqual([]);
  });

  it('never dies of a child', () => {
    const dead = edges().filter(({ edge }) => edge.step.state.snapshot.status === 'error');
    expect(dead.map(({ edge }) => edge.from).slice(0, 5)).toEqual([]);
  });

  it('can be ended from everywhere', () => {
    expect(graphs.flatMap(endless)).toEqual([]);
  });

  it('leaves no timer behind', () => {
    const armed = edges()
      .map(({ edge }) => edge.step.state)
      .filter(({ snapshot, timers }) => snapshot.status !== 'active' && timers.length > 0);
    expect(armed).toEqual([]);
  });

  it('has no dead transition, and every guard says both yes and no', () => {
    const reached = new Set(graphs.flatMap(({ first }) => [...goalsReached(first)]));
    for (const { edge } of edges()) for (const goal of goalsReached(edge.step)) reached.add(goal);
    expect([...goalsOf(callMachine)].filter((goal) => !reached.has(goal))).toEqual([]);
  });

  it('does the same as a live actor on every covering walk', () => {
    const walks = graphs.slice(0, 3).flatMap((graph) => coveringWalks(graph, everyTransition));
    expect(walks.length).toBeGreaterThan(2);
    expect(walks.map((walk) => pureAgainstLive(callMachine, { input: INPUT, walk })).filter(Boolean)).toEqual([]);
  });
});
