import type { AnyEventObject, SnapshotFrom } from 'xstate';
import { UNINTELLIGIBLE } from '../../machines/call/events.ts';
import type { callMachine } from '../../machines/call/machine.ts';
import type { Message } from '../../machines/call/ports.ts';
import { remaining, type TimedState } from '../support/timed-model.ts';

type CallState = TimedState<typeof callMachine>;

const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const endOfTurn = (text: string) => ({ type: 'caller.endOfTurn', text, confidence: 1, words: [] });

const CALLER: readonly AnyEventObject[] = [
  { type: 'caller.speechStarted' },
  { type: 'caller.interim', text: 'mm' },
  { type: 'caller.interim', text: 'stop please' },
  { type: 'caller.turnResumed' },
  endOfTurn(''),
  endOfTurn('mm'),
  endOfTurn(UNINTELLIGIBLE),
  endOfTurn('when is breakfast'),
];

const OUTSIDE: readonly AnyEventObject[] = [
  ...['0', '*', '5'].map((digit) => ({ type: 'line.dtmf', digit })),
  { type: 'line.stopped' },
  { type: 'operator.hangUp' },
  { type: 'recognition.failed', failure },
];

/** What moves only a small region of its own; crossed with everything else it would multiply the states by eight. */
export const ASIDE: readonly AnyEventObject[] = [
  { type: 'line.dropped' },
  { type: 'recognition.live' },
  { type: 'recognition.lost', failure },
];

/** A reply runs one tool at a time. */
const ofTool = (epoch: number, history: readonly Message[]): readonly AnyEventObject[] => [
  history.at(-1)?.role === 'toolCall'
    ? { type: 'reply.toolReturned', epoch, id: 't', result: '{}' }
    : { type: 'reply.toolCalled', epoch, id: 't', name: 'look_up', arguments: '{}' },
];

const ofReply = (epoch: number): readonly AnyEventObject[] => [
  { type: 'reply.sentence', epoch, index: 0, text: 'From seven.' },
  ...['listen', 'hangUp', 'transfer'].map((next) => ({ type: 'reply.finished', epoch, next })),
  { type: 'reply.failed', epoch, failure },
  { type: 'reply.emergency', epoch, phrase: 'call an ambulance' },
];

const ofVoice = (epoch: number): readonly AnyEventObject[] => [
  { type: 'voice.failed', epoch, failure },
  { type: 'playout.started', epoch, atMs: 0 },
  { type: 'playout.heard', epoch, sentence: 0 },
  { type: 'playout.starved', epoch },
  { type: 'playout.resumed', epoch },
  { type: 'playout.finished', epoch },
];

const ofTransfer: readonly AnyEventObject[] = [
  { type: 'xstate.done.actor.transfer', output: { ok: true }, actorId: 'transfer' },
  { type: 'xstate.done.actor.transfer', output: { ok: false, failure }, actorId: 'transfer' },
];

/** What may happen to a call now: from whom is there, and late news from who is not. */
export function callStimuli({ snapshot }: CallState): readonly AnyEventObject[] {
  const { epoch, cutOff, history } = snapshot.context;
  const alive = (child: string): boolean => Object.hasOwn(snapshot.children, child);
  return [
    ...CALLER,
    ...OUTSIDE,
    ...ofReply(alive('reply') ? epoch : epoch - 1),
    ...ofVoice(alive('voice') ? epoch : epoch - 1),
    ...(alive('reply') ? [...ofTool(epoch, history), ...ofReply(epoch - 1), ...ofTool(epoch - 1, history)] : []),
    ...(alive('voice') ? ofVoice(epoch - 1) : []),
    ...(alive('transfer') ? ofTransfer : []),
    { type: 'playout.cut', epoch: cutOff?.epoch ?? -1, heard: { sentences: 0 } },
    { type: 'playout.cut', epoch: epoch + 1, heard: { sentences: 0 } },
  ];
}

/**
 * The facts that guards read, where they can be read, reduced to what they tell apart; and the timers in their order.
 * The timers of the latch and of the whole call are left out: they change nothing that others would notice.
 */
export function callKey(state: CallState): string {
  const { status, value, context, children } = state.snapshot as SnapshotFrom<typeof callMachine>;
  const alive = (child: string): boolean => Object.hasOwn(children, child);
  return JSON.stringify([
    status,
    value,
    Object.keys(children).sort(),
    context.history.at(-1)?.role === 'toolCall',
    alive('reply') && [Math.max(0, Math.min(2, context.saying.length - context.heardSentences))],
    (alive('reply') || JSON.stringify(value).match(/interrupted|resuming/) !== null) && (context.next ?? 'unknown'),
    alive('reply') && context.saying.length > 0,
    context.unheard.length > 0,
    context.cutOff?.epoch === context.epoch - 1 && context.cutOff.sentences.length > 0,
    alive('transfer') && context.destination?.kind,
    remaining(state)
      .map(({ id }) => id)
      .filter((id) => !/maximum call|utterance cap.*latch/.test(id)),
  ]);
}

/** The same with the two counters of patience, which a few events alone can drive. */
export const patientKey = (state: CallState): string => {
  const { reprompts, failures } = state.snapshot.context;
  return `${callKey(state)} ${Math.min(2, reprompts)} ${Math.min(2, failures)}`;
};
