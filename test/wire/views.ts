import { type CallBrief, DEFAULT_FLOOR } from '../../machines/call/brief.ts';
import { BRIEF } from '../support/call-on-paper.ts';
import { STIMULI, type Stimulus } from './stimuli.ts';

/** One kind of agent, and what may happen to its calls. */
export interface WireView {
  readonly name: string;
  readonly brief: CallBrief;
  readonly stimuli: readonly Stimulus[];
  /** How each call begins, as far as that is possible: a short cut to where the view is about. Default: nothing. */
  readonly opening?: readonly Stimulus[];
  /** Whether it matters how often the agent has asked again, or failed. */
  readonly patience?: true;
}

// Further away than any other timer.
const LONG_CALL: CallBrief = { ...BRIEF, deadlines: { ...BRIEF.deadlines, maxCall: 1e9 } };
const { human: _, emergency: __, ...ALONE } = LONG_CALL;
const { filler: ___, ...WITHOUT_FILLER } = BRIEF.script;
const NO_KEYS = { ...DEFAULT_FLOOR, keys: false };

const only = (...beginnings: readonly string[]): readonly Stimulus[] =>
  STIMULI.filter(({ name }) => beginnings.some((beginning) => name.startsWith(beginning)));

/** A turn of the caller and all that an answer needs. */
const ANSWERED = [
  'Flux connects',
  'Flux: EndOfTurn “when is breakfast”',
  'the model writes a sentence',
  'the model finishes',
  'the voice completes',
  'the caller hears',
  'time passes',
];

const LISTENING = only('Flux connects', 'the voice completes', 'the caller hears');
const SPEAKING = [
  ...LISTENING,
  ...only('Flux: EndOfTurn “when is breakfast”'),
  ...only('the model writes a sentence'),
  ...only('the voice completes'),
];

/** An interruption that turns out to be none. */
const INTERRUPTED = ['Flux: StartOfTurn “stop please”', 'Flux: EndOfTurn “mm”'];

export const WIRE_VIEWS: readonly WireView[] = [
  {
    name: 'turns',
    brief: LONG_CALL,
    opening: LISTENING,
    stimuli: only(...ANSWERED, 'Flux: StartOfTurn', 'Flux: Update', 'Flux: EndOfTurn', 'the voice begins', 'the sound'),
  },
  {
    name: 'guesses',
    brief: LONG_CALL,
    opening: LISTENING,
    stimuli: only(
      ...ANSWERED,
      'Flux breaks',
      'Flux: StartOfTurn “stop please”',
      'Flux: Eager',
      'Flux: TurnResumed',
      'Flux: EndOfTurn “when is dinner”',
      'the model fails',
      'the voice fails',
    ),
  },
  {
    name: 'answers',
    brief: LONG_CALL,
    opening: LISTENING,
    stimuli: only(...ANSWERED, 'the model', 'the tool', 'the voice', 'the sound', 'the caller presses *'),
  },
  {
    name: 'recitals',
    brief: LONG_CALL,
    stimuli: only(
      'Flux connects',
      'Flux: EndOfTurn “when is breakfast”',
      'the model fails',
      'the voice',
      'the sound',
      'the caller hears',
      'the caller presses',
      'the carrier answers: failed',
      'an operator takes over',
      'an operator says',
      'time passes',
    ),
  },
  {
    name: 'interruptions',
    brief: LONG_CALL,
    opening: SPEAKING,
    stimuli: only(
      ...ANSWERED,
      ...INTERRUPTED,
      'Flux: EagerEndOfTurn “stop please”',
      'the caller presses',
      'the carrier answers: failed',
      'an operator says',
    ),
  },
  {
    name: 'interruptions that are none',
    brief: LONG_CALL,
    opening: SPEAKING,
    stimuli: only(
      ...ANSWERED,
      ...INTERRUPTED,
      'the model ends the call',
      'the model wants a human',
      'the model fails',
      'the voice fails',
    ),
  },
  {
    name: 'interruptions that are none, of a slow voice',
    brief: LONG_CALL,
    opening: SPEAKING,
    stimuli: only(...ANSWERED, ...INTERRUPTED, 'the voice begins', 'the sound'),
  },
  {
    name: 'interruptions that are none, one after the other',
    brief: LONG_CALL,
    opening: SPEAKING,
    stimuli: only(...ANSWERED, ...INTERRUPTED, 'Flux: EagerEndOfTurn “stop please”', 'the model fails'),
  },
  {
    name: 'interruptions of an agent that then listens',
    brief: { ...LONG_CALL, bargeIn: { ...BRIEF.bargeIn, falseInterruption: 'listen' } },
    opening: SPEAKING,
    stimuli: only(...ANSWERED, ...INTERRUPTED),
  },
  {
    name: 'a carrier that takes its time',
    brief: LONG_CALL,
    opening: LISTENING,
    stimuli: only(...ANSWERED, 'the model names', 'the caller presses 0', 'the carrier answers late'),
  },
  {
    name: 'recognition and line',
    brief: LONG_CALL,
    stimuli: only(
      ...ANSWERED,
      'Flux breaks',
      'Flux refuses',
      'Flux: StartOfTurn “stop please”',
      'the line',
      'the caller hangs up',
      'the carrier',
      'the model names',
      'the caller presses 0',
    ),
  },
  {
    name: 'operators',
    brief: LONG_CALL,
    stimuli: only(
      ...ANSWERED,
      'an operator',
      'the carrier answers: ',
      'the caller presses',
      'Flux refuses',
      'Flux: StartOfTurn “”',
      'Flux: EndOfTurn “”',
    ),
  },
  {
    name: 'patience',
    brief: LONG_CALL,
    opening: LISTENING,
    stimuli: only(...ANSWERED, 'the model fails'),
    patience: true,
  },
  {
    name: 'nobody to hand over to',
    brief: ALONE,
    opening: LISTENING,
    stimuli: only(
      ...ANSWERED,
      'the model fails',
      'the model names an emergency',
      'the caller presses 0',
      'an operator transfers',
    ),
    patience: true,
  },
  {
    name: 'an agent that has to disclose something, and lets nobody interrupt it',
    brief: {
      ...LONG_CALL,
      script: { ...WITHOUT_FILLER, disclosure: ['This call is recorded.'] },
      bargeIn: {
        ...BRIEF.bargeIn,
        greeting: NO_KEYS,
        prompts: { ...NO_KEYS, speech: false },
        speaking: NO_KEYS,
        falseInterruption: 'listen',
      },
    },
    stimuli: only(
      ...ANSWERED,
      'Flux: ',
      'the voice',
      'the sound',
      'the model calls a tool',
      'the tool returns',
      'the caller presses',
      'an operator says',
    ),
  },
  {
    name: 'no keys while an agent goes on',
    brief: { ...LONG_CALL, bargeIn: { ...BRIEF.bargeIn, speaking: NO_KEYS } },
    opening: SPEAKING,
    stimuli: only(...ANSWERED, ...INTERRUPTED, 'the caller presses'),
  },
  {
    name: 'no keys while an agent recites',
    brief: { ...LONG_CALL, bargeIn: { ...BRIEF.bargeIn, prompts: NO_KEYS } },
    opening: SPEAKING,
    stimuli: only(...ANSWERED, 'the caller presses'),
  },
  {
    name: 'a call that has been going on for long',
    brief: { ...BRIEF, deadlines: { ...BRIEF.deadlines, maxCall: 1 } },
    opening: LISTENING,
    stimuli: only(...ANSWERED),
  },
];
