import type { AnyEventObject } from 'xstate';
import { type CallBrief, DEFAULT_FLOOR } from '../../machines/call/brief.ts';
import { INVARIANTS } from '../../machines/call/invariants.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { BRIEF } from '../support/call-on-paper.ts';
import { childFailures } from '../support/explore.ts';
import type { TimedState } from '../support/timed-model.ts';
import { ASIDE, callKey, callStimuli, patientKey } from './call-stimuli.ts';
import { type ChartModel, COMMON_LAWS, type View } from './chart-model.ts';

// Further away than any other timer, so that it is never the next: it comes as an event, at any time.
const INPUT = { ...BRIEF, deadlines: { ...BRIEF.deadlines, maxCall: 1e9 } };
const {
  human: _,
  emergency: __,
  ...ALONE
} = {
  ...INPUT,
  bargeIn: { ...BRIEF.bargeIn, falseInterruption: 'listen' as const },
};
const { filler: ___, ...WITHOUT_FILLER } = BRIEF.script;
/** An agent that has to disclose something, and lets nobody interrupt it. */
const STRICT: CallBrief = {
  ...INPUT,
  script: { ...WITHOUT_FILLER, disclosure: ['This call is recorded.'] },
  bargeIn: {
    backChannel: BRIEF.bargeIn.backChannel,
    greeting: { ...DEFAULT_FLOOR, keys: false },
    prompts: { ...DEFAULT_FLOOR, speech: false, keys: false },
    speaking: DEFAULT_FLOOR,
    falseInterruption: 'resume',
  },
};
const NO_KEYS: CallBrief = {
  ...INPUT,
  bargeIn: { ...BRIEF.bargeIn, speaking: { ...DEFAULT_FLOOR, keys: false } },
};
const MAXIMUM_CALL: AnyEventObject = { type: 'xstate.after.maximum call.call.active.length.within' };

const only = (events: readonly AnyEventObject[], ...types: string[]): readonly AnyEventObject[] =>
  events.filter(({ type }) => types.includes(type));

const whereIs = ({ snapshot }: TimedState<typeof callMachine>): string => JSON.stringify(snapshot.value);

/** What leaves a call behind whose line or recogniser is gone belongs to the view of these. */
const conversationStimuli: typeof callStimuli = (state) => {
  const all = [...callStimuli(state), ...childFailures(state)];
  if (!/"conversation":(\{"transferring"|"closing")/.test(whereIs(state))) return all;
  return all.filter(
    ({ type }) => !['line.stopped', 'recognition.failed', 'xstate.error.actor.recogniser'].includes(type),
  );
};

const VIEWS: readonly View<typeof callMachine>[] = [
  {
    name: 'conversation',
    input: INPUT,
    stimuli: conversationStimuli,
    key: callKey,
  },
  {
    name: 'recognition, line and length',
    input: INPUT,
    stimuli: (state) => [
      ...only(
        callStimuli(state),
        'caller.speechStarted',
        'caller.interim',
        'caller.endOfTurn',
        'playout.finished',
        'line.dtmf',
        'caller.eagerEndOfTurn',
        'reply.sentence',
        'line.stopped',
        'recognition.failed',
      ),
      // The recogniser may be gone while the hand-over is announced, and must not take that with it.
      ...(whereIs(state).includes('announcing') ? only(callStimuli(state), 'playout.started', 'playout.starved') : []),
      ...childFailures(state),
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
      only(
        callStimuli(state),
        'caller.interim',
        'caller.endOfTurn',
        'playout.finished',
        'reply.failed',
        'reply.emergency',
        'line.dtmf',
      ),
    key: patientKey,
  },
  {
    name: 'a strict agent',
    input: STRICT,
    stimuli: (state) =>
      only(
        callStimuli(state),
        'caller.interim',
        'caller.endOfTurn',
        'playout.started',
        'playout.finished',
        'reply.sentence',
        'reply.toolCalled',
        'operator.say',
        'line.dtmf',
      ),
    key: callKey,
  },
  {
    name: 'answers that no key interrupts',
    input: NO_KEYS,
    stimuli: (state) =>
      only(
        callStimuli(state),
        'caller.interim',
        'caller.endOfTurn',
        'playout.started',
        'playout.finished',
        'reply.sentence',
        'line.dtmf',
      ),
    key: callKey,
  },
  {
    name: 'a disclosure',
    input: STRICT,
    stimuli: (state) =>
      whereIs(state).includes('disclosing')
        ? [...callStimuli(state), ...childFailures(state), ...only(ASIDE, 'recognition.lost')]
        : only(callStimuli(state), 'playout.finished', 'line.stopped'),
    key: callKey,
  },
  {
    name: 'an operator, and words that go with the connection',
    input: INPUT,
    stimuli: (state) => [
      ...only(
        callStimuli(state),
        'caller.interim',
        'caller.endOfTurn',
        'operator.takeOver',
        'operator.say',
        'operator.handBack',
        'playout.finished',
        'line.stopped',
      ),
      ...only(ASIDE, 'recognition.lost'),
    ],
    key: callKey,
  },
];

const WHOLE_CALL = 'lasts as long as the call; not a wait of the conversation';
const REPORTS = 'the recogniser chart has its own deadlines and always reports';

/** The call, in all its views. */
export const CALL_MODEL: ChartModel<typeof callMachine> = {
  machine: callMachine,
  mayWait: {
    'call.active.bargeIn.latch.open': WHOLE_CALL,
    'call.active.bargeIn.debounce.ready': WHOLE_CALL,
    ...Object.fromEntries(
      ['staying', 'handingBack', 'transferring', 'hangingUp'].map((behind) => [
        `call.active.conversation.attended.saying.behind.${behind}`,
        'the line in front of it has its own cap',
      ]),
    ),
    'call.active.recognition.connecting': REPORTS,
    'call.active.recognition.live': WHOLE_CALL,
    'call.active.recognition.reconnecting': REPORTS,
    'call.active.recognition.failed': 'the same event ends the call, or meets its goodbye',
    'call.active.line.up': WHOLE_CALL,
    'call.active.length.exceeded': WHOLE_CALL,
  },
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
