import type { AnyEventObject, SnapshotFrom } from 'xstate';
import { UNINTELLIGIBLE } from '../../machines/call/events.ts';
import type { callMachine } from '../../machines/call/machine.ts';
import type { Message } from '../../machines/call/ports.ts';
import { carriesMeaning } from '../../machines/call/speech.ts';
import { remaining, type TimedState } from '../support/timed-model.ts';

type CallState = TimedState<typeof callMachine>;

const failure = { code: 'unavailable', message: 'down', retryable: false } as const;
const endOfTurn = (text: string) => ({ type: 'caller.endOfTurn', text, confidence: 1, words: [] });

const CALLER: readonly AnyEventObject[] = [
  { type: 'caller.speechStarted' },
  { type: 'caller.interim', text: 'mm' },
  { type: 'caller.interim', text: 'stop please' },
  { type: 'caller.turnResumed' },
  { type: 'caller.eagerEndOfTurn', text: '' },
  { type: 'caller.eagerEndOfTurn', text: 'mm' },
  { type: 'caller.eagerEndOfTurn', text: 'when is breakfast' },
  endOfTurn(''),
  endOfTurn('mm'),
  endOfTurn(UNINTELLIGIBLE),
  endOfTurn('when is breakfast'),
  endOfTurn('when is dinner'),
];

const OUTSIDE: readonly AnyEventObject[] = [
  ...['0', '*', '5'].map((digit) => ({ type: 'line.dtmf', digit })),
  { type: 'line.stopped' },
  { type: 'operator.takeOver' },
  { type: 'operator.say', text: 'Hold the line, please.' },
  { type: 'operator.handBack' },
  { type: 'operator.transfer' },
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

/** What a reply says before the turn is confirmed. */
const ofGuess = (epoch: number): readonly AnyEventObject[] => [
  { type: 'reply.sentence', epoch, index: 0, text: 'From seven.' },
  { type: 'reply.failed', epoch, failure },
];

const ofReply = (epoch: number): readonly AnyEventObject[] => [
  ...ofGuess(epoch),
  ...['listen', 'hangUp', 'transfer'].map((next) => ({ type: 'reply.finished', epoch, next })),
  { type: 'reply.emergency', epoch, phrase: 'call an ambulance' },
];

const ofHeldVoice = (epoch: number): readonly AnyEventObject[] => [{ type: 'voice.failed', epoch, failure }];

const ofVoice = (epoch: number, heard = 0): readonly AnyEventObject[] => [
  ...ofHeldVoice(epoch),
  { type: 'playout.started', epoch, atMs: 0 },
  { type: 'playout.heard', epoch, sentence: heard },
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
  const { epoch, cutOff, history, guess, heardSentences } = snapshot.context;
  const alive = (child: string): boolean => Object.hasOwn(snapshot.children, child);
  const early =
    guess === undefined
      ? []
      : [...ofGuess(epoch), ...ofGuess(epoch - 1), ...ofHeldVoice(epoch), ...ofHeldVoice(epoch - 1)];
  const answers = guess === undefined && alive('reply');
  const speaks = guess === undefined && alive('voice');
  return [
    ...CALLER,
    ...OUTSIDE,
    ...early,
    ...ofReply(answers ? epoch : epoch - 1),
    ...ofVoice(speaks ? epoch : epoch - 1, heardSentences),
    ...(answers ? [...ofTool(epoch, history), ...ofReply(epoch - 1), ...ofTool(epoch - 1, history)] : []),
    ...(speaks ? ofVoice(epoch - 1) : []),
    ...(alive('transfer') ? ofTransfer : []),
    { type: 'playout.cut', epoch: cutOff?.epoch ?? -1, heard: { sentences: 0 } },
    // Playout reports at once: before the next stretch begins.
    ...(cutOff && cutOff.epoch === epoch - 1 && cutOff.sentences.length > 0
      ? [{ type: 'playout.cut', epoch: cutOff.epoch, heard: { sentences: cutOff.sentences.length } }]
      : []),
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
  const where = JSON.stringify(value);
  return JSON.stringify([
    status,
    value,
    Object.keys(children).sort(),
    context.history.at(-1)?.role === 'toolCall',
    alive('reply') && [Math.max(0, Math.min(2, context.saying.length - context.heardSentences))],
    (alive('reply') || /listening|interrupted|resuming|retelling|relaying|attended/.test(where)) &&
      (context.next ?? 'unknown'),
    alive('reply') && context.saying.length > 0,
    /interrupted|resuming/.test(where) && context.unheard.sentences.length > 0,
    /listening|interrupted|speculating|attended|relaying/.test(where) &&
      (context.history.at(-1)?.role ?? 'assistant') !== 'assistant',
    where.includes('interrupted') && context.cutOff !== undefined,
    context.kept !== '',
    /listening|interrupted|disclosing/.test(where) &&
      carriesMeaning(context.recognised, context.brief.bargeIn.backChannel),
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
