import type { AnyEventObject } from 'xstate';
import { INVARIANTS } from '../../machines/call/invariants.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { BRIEF } from '../support/call-on-paper.ts';
import { childFailures } from '../support/explore.ts';
import { ASIDE, callKey, callStimuli, patientKey } from './call-stimuli.ts';
import { type ChartModel, COMMON_LAWS, type View } from './chart-model.ts';

// Further away than any other timer, so that it is never the next: it comes as an event, at any time.
const INPUT = { ...BRIEF, deadlines: { ...BRIEF.deadlines, maxCall: 1e9 } };
const { human: _, emergency: __, ...ALONE } = INPUT;
const MAXIMUM_CALL: AnyEventObject = { type: 'xstate.after.maximum call.call.active.length.within' };

const only = (events: readonly AnyEventObject[], ...types: string[]): readonly AnyEventObject[] =>
  events.filter(({ type }) => types.includes(type));

const VIEWS: readonly View<typeof callMachine>[] = [
  {
    name: 'conversation',
    input: INPUT,
    stimuli: (state) => [...callStimuli(state), ...childFailures(state)],
    key: callKey,
  },
  {
    name: 'recognition, line and length',
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
  },
  {
    name: 'patience',
    input: INPUT,
    stimuli: (state) => only(callStimuli(state), 'caller.endOfTurn', 'playout.finished', 'reply.failed'),
    key: patientKey,
  },
  {
    name: 'nobody to hand over to',
    input: ALONE,
    stimuli: (state) =>
      only(callStimuli(state), 'caller.endOfTurn', 'playout.finished', 'reply.failed', 'reply.emergency', 'line.dtmf'),
    key: patientKey,
  },
];

/** The call, seen in four ways. */
export const CALL_MODEL: ChartModel<typeof callMachine> = {
  machine: callMachine,
  views: VIEWS,
  laws: [
    ...COMMON_LAWS,
    ...INVARIANTS.map(
      ({ law, holds }) =>
        ({
          law,
          holds: ({ snapshot }, before) => holds(snapshot, before?.snapshot),
        }) satisfies ChartModel<typeof callMachine>['laws'][number],
    ),
  ],
};
