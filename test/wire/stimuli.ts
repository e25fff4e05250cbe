import { UNINTELLIGIBLE } from '../../machines/call/events.ts';
import type { AnswerEnd, CarrierAnswer, Hands, TurnSaid } from './hands.ts';
import type { PaperCall } from './paper/paper-call.ts';

/** Something that the world can do to a call, over its wires. */
export interface Stimulus {
  readonly name: string;
  /** Whether the world could do this now. */
  possible(call: PaperCall): boolean;
  act(hands: Hands): void | Promise<void>;
}

/** Sentences that the model writes in one answer at most: more would only make the walks longer. */
const MOST_SENTENCES = 2;
/** Shorter than the model may be silent (ms), so often that the whole answer takes too long. */
const DRIBBLE_MS = 3900;
const DRIBBLES = 11;

// Neither of these two lets time pass while a session opens: how far it would come in that time is up to the machine.
/** Just within the time that a request to the carrier may take (ms). */
const ALMOST_TOO_LATE_MS = 9900;

const stimulus = (name: string, possible: Stimulus['possible'], act: Stimulus['act']): Stimulus => ({
  name,
  possible,
  act,
});

const turn = (event: TurnSaid['event'], transcript: string, phases: readonly string[]): Stimulus =>
  stimulus(
    `Flux: ${event} “${transcript}”`,
    ({ line, flux }) => line === 'up' && flux.phase === 'open' && phases.includes(flux.turns.phase),
    (hands) => hands.fluxSays({ event, transcript }),
  );

const FLUX: readonly Stimulus[] = [
  stimulus(
    'Flux connects',
    ({ flux }) => flux.phase === 'connecting',
    (hands) => hands.fluxConnects(),
  ),
  stimulus(
    'Flux breaks',
    ({ flux }) => flux.phase !== 'none',
    (hands) => hands.fluxBreaks(),
  ),
  stimulus(
    'Flux refuses',
    ({ flux }) => flux.phase !== 'none',
    (hands) => hands.fluxRefuses(),
  ),
  turn('StartOfTurn', 'stop please', ['waiting']),
  turn('StartOfTurn', 'mm', ['waiting']),
  // A start without words, an end without a start: Flux promises neither, re-hosted ones do both.
  turn('StartOfTurn', '', ['waiting']),
  turn('EndOfTurn', 'when is breakfast', ['waiting', 'ongoing', 'eager']),
  turn('EndOfTurn', 'when is dinner', ['eager']),
  turn('EndOfTurn', 'mm', ['ongoing']),
  turn('EndOfTurn', '', ['ongoing', 'eager']),
  turn('EndOfTurn', UNINTELLIGIBLE, ['ongoing']),
  turn('Update', 'mm', ['ongoing']),
  turn('Update', 'stop please', ['ongoing', 'eager']),
  turn('EagerEndOfTurn', 'when is breakfast', ['waiting', 'ongoing']),
  turn('EagerEndOfTurn', 'mm', ['waiting', 'ongoing']),
  turn('EagerEndOfTurn', 'stop please', ['ongoing']),
  turn('TurnResumed', 'when is breakfast', ['eager']),
];

const written = ({ snapshot: { context } }: PaperCall): number => context.saying.length;

const ends = (name: string, how: AnswerEnd): Stimulus =>
  stimulus(
    name,
    ({ model }) => model.isWriting,
    (hands) => hands.modelEnds(how),
  );

const MODEL: readonly Stimulus[] = [
  stimulus(
    'the model writes a sentence',
    (call) => call.model.isWriting && written(call) < MOST_SENTENCES,
    (hands) => hands.modelWrites('From seven.\n\n'),
  ),
  stimulus(
    'the model writes nothing that can be said',
    (call) => call.model.isWriting && written(call) < MOST_SENTENCES,
    (hands) => hands.modelWrites('—.\n\n'),
  ),
  stimulus(
    'the model names an emergency',
    (call) => call.model.isWriting && written(call) < MOST_SENTENCES,
    // Never a whole sentence: whether it is told in the same step as the alarm depends on how the words came over the socket.
    (hands) => hands.modelWrites('Call an ambulance now and'),
  ),
  ends('the model finishes', 'stop'),
  ends('the model ends the call', 'end_call'),
  ends('the model wants a human', 'transfer_to_human'),
  ends('the model calls a tool', 'look_up'),
  ends('the model fails', 'content_filter'),
  stimulus(
    'the model writes on and on, and never a sentence',
    ({ model, flux }) => model.isWriting && flux.phase === 'open',
    async (hands) => {
      for (let count = 0; count < DRIBBLES && hands.modelIsAsked; count += 1) {
        await hands.modelWritesLetter();
        hands.timePassesBy(DRIBBLE_MS);
        await hands.settled();
      }
    },
  ),
  stimulus(
    'the tool returns',
    ({ toolbox }) => toolbox.isAtWork,
    (hands) => hands.toolReturns(),
  ),
];

const VOICE: readonly Stimulus[] = [
  stimulus(
    'the voice begins a sentence',
    ({ voice }) => voice.speech !== undefined && !voice.speech.begun,
    (hands) => hands.voiceBegins(),
  ),
  stimulus(
    'the voice completes a sentence',
    ({ voice }) => voice.speech !== undefined,
    (hands) => hands.voiceCompletes(),
  ),
  stimulus(
    'the voice fails',
    ({ voice }) => voice.speech !== undefined,
    (hands) => hands.voiceFails(),
  ),
];

const onTheLine = ({ line }: PaperCall): boolean => line === 'up';

const PHONE: readonly Stimulus[] = [
  stimulus(
    'the caller hears up to the next mark',
    ({ marks, line }) => line === 'up' && marks.length > 0,
    (hands) => hands.phoneHears(),
  ),
  stimulus(
    'the sound runs dry',
    ({ sounds, line }) => line === 'up' && sounds,
    (hands) => hands.phoneRunsDry(),
  ),
  stimulus('the caller presses 0', onTheLine, (hands) => hands.phonePresses('0')),
  stimulus('the caller presses *', onTheLine, (hands) => hands.phonePresses('*')),
  stimulus('the caller presses 5', onTheLine, (hands) => hands.phonePresses('5')),
  stimulus('the caller hangs up', onTheLine, (hands) => hands.phoneHangsUp()),
  stimulus('the line drops', onTheLine, (hands) => hands.phoneDrops()),
  // The carrier tells it once more over HTTP, where a dead line keeps nobody from telling.
  stimulus(
    'the carrier reports that the call is over',
    () => true,
    (hands) => hands.carrierReportsEnd(),
  ),
];

const answers = (how: CarrierAnswer): Stimulus =>
  stimulus(
    `the carrier answers: ${how}`,
    ({ carrier }) => carrier.isAsked,
    (hands) => hands.carrierAnswers(how),
  );

const CARRIER: readonly Stimulus[] = [
  answers('accepted'),
  answers('failed'),
  answers('too many'),
  stimulus(
    'the carrier answers late: too many',
    ({ carrier, flux }) => carrier.isAsked && flux.phase === 'open',
    async (hands) => {
      hands.timePassesBy(ALMOST_TOO_LATE_MS);
      await hands.settled();
      hands.carrierAnswers('too many');
    },
  ),
];

const OPERATOR: readonly Stimulus[] = [
  stimulus(
    'an operator takes over',
    () => true,
    (hands) => hands.operator({ type: 'operator.takeOver' }),
  ),
  stimulus(
    'an operator says something',
    () => true,
    (hands) => hands.operator({ type: 'operator.say', text: 'Hold the line, please.' }),
  ),
  stimulus(
    'an operator hands back',
    () => true,
    (hands) => hands.operator({ type: 'operator.handBack' }),
  ),
  stimulus(
    'an operator transfers',
    () => true,
    (hands) => hands.operator({ type: 'operator.transfer' }),
  ),
  stimulus(
    'an operator hangs up',
    () => true,
    (hands) => hands.operator({ type: 'operator.hangUp' }),
  ),
];

const TIME: readonly Stimulus[] = [
  stimulus(
    'time passes',
    ({ timers }) => timers.length > 0,
    (hands) => hands.timePasses(),
  ),
];

export const STIMULI: readonly Stimulus[] = [...FLUX, ...MODEL, ...VOICE, ...PHONE, ...CARRIER, ...OPERATOR, ...TIME];

/** The stimulus whose name begins so. @throws RangeError unless there is exactly one */
export function stimulusNamed(beginning: string): Stimulus {
  const [stimulus, ...more] = STIMULI.filter(({ name }) => name.startsWith(beginning));
  if (stimulus === undefined || more.length > 0)
    throw new RangeError(`${more.length + (stimulus ? 1 : 0)} stimuli begin with “${beginning}”`);
  return stimulus;
}
