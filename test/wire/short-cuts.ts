import { type Stimulus, stimulusNamed } from './stimuli.ts';
import { WIRE_VIEWS, type WireView } from './views.ts';

/** A way to something that a search finds late. Only a hint: what it really reaches is seen when it is taken. */
export interface ShortCut {
  readonly view: WireView;
  readonly stimuli: readonly Stimulus[];
}

const shortCut = (viewName: string, ...beginnings: readonly string[]): ShortCut => {
  const view = WIRE_VIEWS.find(({ name }) => name === viewName);
  if (!view) throw new RangeError(`no view is named “${viewName}”`);
  return { view, stimuli: beginnings.map(stimulusNamed) };
};

const CONNECTS = 'Flux connects';
const COMPLETES = 'the voice completes';
const HEARS = 'the caller hears';
const WRITES = 'the model writes a sentence';
const ASKS = 'Flux: EndOfTurn “when is breakfast”';
const BARGES = 'Flux: StartOfTurn “stop please”';
const HUMS = 'Flux: EndOfTurn “mm”';
const GUESSES = 'Flux: EagerEndOfTurn “stop please”';
const TIME = 'time passes';

const LISTENING = [CONNECTS, COMPLETES, HEARS];
const SPEAKING = [...LISTENING, ASKS, WRITES, COMPLETES];
const HALF_SPOKEN = [...LISTENING, ASKS, WRITES, 'the voice begins'];
const ATTENDED = [...LISTENING, 'an operator takes', 'an operator says'];
/** The first words come too soon after the last interruption, the same words as a guess do not. */
const TOO_SOON = [BARGES, TIME, GUESSES];

const START_OF_NOTHING = 'Flux: StartOfTurn “”';
const NOTHING = 'the model writes nothing';
const GUESSES_A_QUESTION = 'Flux: EagerEndOfTurn “when is breakfast”';
const RUNS_DRY = 'the sound runs dry';
const STALLED = ['the voice begins', RUNS_DRY];
const FINISHES = 'the model finishes';
const ENDS = 'the model ends the call';
const HUMAN = 'the model wants a human';
const FAILS = 'the model fails';

const STRICT = 'an agent that has to disclose something, and lets nobody interrupt it';
const LINE = 'recognition and line';
const OPERATORS = 'operators';

type Way = readonly string[];

/** One of each, one behind the other, in all combinations. */
const crossed = (...sets: readonly (readonly Way[])[]): readonly Way[] =>
  sets.reduce<readonly Way[]>((ways, set) => ways.flatMap((way) => set.map((more) => [...way, ...more])), [[]]);

/** An answer that is interrupted, whatever it leads to, by whatever may stand in between, however that ends. */
const DETOURS = crossed(
  [SPEAKING, HALF_SPOKEN, [...SPEAKING, WRITES, HEARS, COMPLETES], [...SPEAKING, WRITES, HEARS, 'the voice begins']],
  [[], [FINISHES], [ENDS], [HUMAN], [FAILS]],
  [['an operator says'], ['the caller presses *'], [BARGES, HUMS]],
  [
    [COMPLETES, HEARS],
    [COMPLETES, TIME, TIME, TIME],
    [...STALLED, TIME, TIME, TIME],
    [...STALLED, COMPLETES],
    ['the voice fails'],
  ],
);

/** The recogniser is lost with words, with words that mean nothing and without any, wherever the call is. */
const LOSSES = crossed(
  [
    [CONNECTS],
    [CONNECTS, COMPLETES],
    LISTENING,
    [...LISTENING, ASKS],
    SPEAKING,
    [...SPEAKING, BARGES],
    [...LISTENING, 'an operator takes'],
    ATTENDED,
    [CONNECTS, 'the caller presses 0'],
  ],
  [[BARGES], [BARGES, 'Flux: Update “mm”'], [START_OF_NOTHING], [GUESSES_A_QUESTION], [GUESSES]],
  [
    ['Flux breaks', TIME, TIME, TIME],
    ['Flux breaks', TIME, CONNECTS, BARGES, HUMS],
  ],
);

/** The agent's words are not interrupted by a sign of listening, in whatever form it comes. */
const HUMMED = crossed(
  [[CONNECTS, COMPLETES], SPEAKING, [...LISTENING, 'the caller presses *', COMPLETES], [...SPEAKING, BARGES, HUMS]],
  [['Flux: StartOfTurn “mm”']],
  [['Flux: EagerEndOfTurn “mm”'], [HUMS]],
);

/** A voice that stops in the middle, and goes on or does not. */
const STALLS = crossed(
  [[CONNECTS], [...LISTENING, TIME], [...LISTENING, ASKS, WRITES], [...LISTENING, 'the caller presses 0'], ATTENDED],
  [STALLED],
  [[COMPLETES], [TIME, TIME]],
);

/** Taken before anything is searched for. */
export const SHORT_CUTS: readonly ShortCut[] = [
  ...DETOURS.map((way) => shortCut('answers', ...way)),
  ...[...HUMMED, ...STALLS].map((way) => shortCut('turns', ...way)),
  ...LOSSES.map((way) => shortCut(LINE, ...way)),
  shortCut('answers', ...SPEAKING, HEARS, FINISHES),
  shortCut('answers', ...SPEAKING, ENDS, TIME, TIME),
  ...LOSSES.map((way) => shortCut(STRICT, ...way)),
  shortCut('turns', ...LISTENING, ASKS, START_OF_NOTHING, TIME, 'Flux: EagerEndOfTurn “mm”'),
  shortCut('answers', ...LISTENING, ASKS, WRITES, 'the model calls a tool', TIME),
  shortCut('answers', ...SPEAKING, 'the model wants a human', HEARS),
  shortCut('answers', ...SPEAKING, 'the model ends the call', HEARS),
  shortCut('interruptions', ...SPEAKING, BARGES, ASKS, WRITES, COMPLETES, ...TOO_SOON),
  shortCut('interruptions', ...SPEAKING, BARGES, HUMS, ...TOO_SOON),
  shortCut('interruptions', ...SPEAKING, BARGES, HUMS, 'an operator says', COMPLETES, ...TOO_SOON),
  shortCut('interruptions', ...SPEAKING, BARGES, HUMS, 'the caller presses *', COMPLETES, ...TOO_SOON),
  shortCut(
    'interruptions',
    ...SPEAKING,
    BARGES,
    ASKS,
    FINISHES,
    COMPLETES,
    HEARS,
    'the caller presses *',
    COMPLETES,
    ...TOO_SOON,
  ),
  shortCut('interruptions', ...SPEAKING, BARGES, ASKS, 'the model fails', COMPLETES, ...TOO_SOON),
  shortCut(
    'interruptions',
    ...SPEAKING,
    BARGES,
    HUMS,
    'the caller presses 0',
    COMPLETES,
    HEARS,
    'the carrier answers: failed',
    COMPLETES,
    ...TOO_SOON,
  ),
  shortCut('interruptions that are none', ...SPEAKING, BARGES, HUMS, HEARS),
  shortCut('interruptions that are none', ...SPEAKING, FINISHES, BARGES, HUMS, HEARS),
  shortCut('interruptions that are none', ...SPEAKING, 'the model ends the call', BARGES, HUMS, HEARS),
  shortCut('interruptions that are none', ...SPEAKING, 'the model wants a human', BARGES, HUMS, HEARS),
  shortCut('interruptions that are none', ...SPEAKING, 'the model fails', BARGES, HUMS, HEARS),
  // Half of the answer is not kept: the voice has to say it again, and fails, or stops.
  shortCut(
    'interruptions that are none',
    ...LISTENING,
    ASKS,
    WRITES,
    'the voice begins',
    BARGES,
    HUMS,
    'the voice fails',
  ),
  shortCut(
    'interruptions that are none',
    ...LISTENING,
    ASKS,
    WRITES,
    'the voice begins',
    BARGES,
    HUMS,
    ...STALLED,
    COMPLETES,
  ),
  // The last interruption is latched until the agent asks for the second time.
  shortCut(
    'interruptions of an agent that then listens',
    ...SPEAKING,
    BARGES,
    TIME,
    TIME,
    TIME,
    COMPLETES,
    TIME,
    TIME,
    COMPLETES,
    'Flux: Update “mm”',
    'Flux: Update “stop please”',
    TIME,
    GUESSES,
  ),
  shortCut('turns', CONNECTS, COMPLETES, TIME),
  shortCut('turns', ...LISTENING, ASKS, START_OF_NOTHING, TIME, WRITES, ASKS),
  shortCut('turns', ...SPEAKING, HEARS, WRITES, COMPLETES),
  shortCut('turns', ...SPEAKING, RUNS_DRY, HEARS),
  shortCut('turns', ...SPEAKING, WRITES, RUNS_DRY, HEARS),
  shortCut('guesses', ...LISTENING, GUESSES_A_QUESTION, WRITES, 'Flux breaks'),
  shortCut('guesses', ...LISTENING, GUESSES_A_QUESTION, WRITES, FINISHES, TIME),
  shortCut('guesses', ...LISTENING, ASKS, START_OF_NOTHING, GUESSES_A_QUESTION, WRITES, FINISHES, TIME),
  shortCut('answers', ...LISTENING, ASKS, NOTHING, HEARS),
  shortCut('answers', ...LISTENING, ASKS, NOTHING, WRITES, HEARS),
  shortCut('turns', ...LISTENING, TIME, 'Flux: EagerEndOfTurn “mm”'),
  shortCut('guesses', ...LISTENING, GUESSES_A_QUESTION, WRITES, 'the voice fails'),
  shortCut('answers', ...SPEAKING, HEARS, 'the model calls a tool', TIME),
  ...[ENDS, HUMAN, FAILS].map((end) => shortCut('answers', ...LISTENING, ASKS, NOTHING, end, HEARS)),
  shortCut('interruptions that are none', ...SPEAKING, BARGES, TIME, TIME),
  shortCut('interruptions that are none', ...SPEAKING, BARGES, HUMS, TIME, TIME),
  shortCut('interruptions that are none', ...HALF_SPOKEN, BARGES, HUMS, TIME, TIME),
  shortCut('interruptions that are none', ...HALF_SPOKEN, BARGES, HUMS, ...STALLED, TIME, TIME),
  shortCut(STRICT, CONNECTS, ...STALLED, TIME),
  shortCut(STRICT, CONNECTS, ...STALLED, COMPLETES),
  shortCut(LINE, ...LISTENING, START_OF_NOTHING, 'Flux breaks'),
  shortCut(LINE, ...LISTENING, ASKS, START_OF_NOTHING, 'Flux breaks'),
  shortCut(LINE, ...SPEAKING, BARGES, 'Flux: Update “mm”', 'Flux breaks', TIME, TIME, CONNECTS, BARGES),
  shortCut(STRICT, 'an operator takes over', 'an operator hands back', 'an operator transfers'),
  shortCut(LINE, ...LISTENING, BARGES, 'Flux breaks', 'the caller presses *', TIME, TIME, TIME),
  shortCut(OPERATORS, ...SPEAKING, WRITES, HEARS, COMPLETES, ENDS, 'an operator says', COMPLETES, HEARS),
  shortCut(OPERATORS, ...SPEAKING, WRITES, HEARS, COMPLETES, HUMAN, 'an operator says', COMPLETES, HEARS),
  shortCut(OPERATORS, ...SPEAKING, WRITES, HEARS, COMPLETES, FAILS, 'an operator says', COMPLETES, HEARS),
  shortCut(OPERATORS, ...SPEAKING, ENDS, 'the caller presses *', COMPLETES, HEARS),
  shortCut(OPERATORS, ...SPEAKING, HUMAN, 'the caller presses *', COMPLETES, HEARS),
  shortCut(OPERATORS, ...SPEAKING, FAILS, 'the caller presses *', COMPLETES, HEARS),
  shortCut(OPERATORS, ...LISTENING, 'an operator says', ...STALLED, TIME),
  shortCut(OPERATORS, ...ATTENDED, ...STALLED, TIME),
  shortCut(OPERATORS, ...ATTENDED, ...STALLED, COMPLETES),
  shortCut(OPERATORS, ...ATTENDED, COMPLETES, TIME),
  shortCut(OPERATORS, ...ATTENDED, START_OF_NOTHING, 'Flux: EndOfTurn “”'),
  ...['an operator hands back', 'an operator transfers', 'an operator hangs up'].flatMap((what) => [
    shortCut(OPERATORS, ...ATTENDED, ...STALLED, what, TIME),
    shortCut(OPERATORS, ...ATTENDED, COMPLETES, what, HEARS),
    shortCut(OPERATORS, ...ATTENDED, COMPLETES, what, TIME),
  ]),
  shortCut('no keys while an agent recites', ...SPEAKING, 'the caller presses *', 'the caller presses 5'),
  shortCut(
    'a carrier that takes its time',
    CONNECTS,
    'the caller presses 0',
    COMPLETES,
    HEARS,
    'the carrier answers late',
    TIME,
    TIME,
  ),
];
