import { and } from 'xstate';
import { call } from '../setup.ts';

/** The answer is dropped and the caller goes on. Where an earlier turn is still unanswered, an answer stays owed. */
const dropped = [
  { guard: 'owes an answer', target: '#speakingOn', actions: 'cut audio' },
  { target: '#listening.hearing', actions: 'cut audio' },
] as const;

/** A guess that failed is forgotten; the turn will end, and is answered then. */
const failed = [
  { guard: and(['is current', 'owes an answer']), target: '#speakingOn', actions: 'cut audio' },
  { guard: 'is current', target: '#listening.hearing', actions: 'cut audio' },
] as const;

/** Also the recogniser may think better of what it has heard. */
const otherWords = [
  { guard: and(['guesses otherwise', 'owes an answer']), target: '#speakingOn', actions: 'cut audio' },
  { guard: 'guesses otherwise', target: '#listening.hearing', actions: 'cut audio' },
] as const;

/** What was prepared is said at once. */
const confirmed = (remember: "remember the caller's turn" | "remember the guess as the caller's turn") =>
  ({
    // The tools and the end of the reply first: sound that is let out may be over before they are told.
    actions: [remember, 'stand by the answer', 'confirm the reply', 'release the audio'],
  }) as const;

/**
 * The caller seems to have ended the turn, and the agent answers on that guess: the model writes, the voice speaks, and
 * playout holds every sound back. Confirmed, the answer is heard at once; wrong, nobody ever knew of it. Tools do not run,
 * and neither the guess nor its answer is in the history.
 */
export const speculating = call.createStateConfig({
  id: 'speculating',
  entry: 'hold the audio',
  after: { 'speculation cap': [...dropped] },
  on: {
    'reply.sentence': { guard: 'is current', actions: 'say the sentence' },
    'caller.endOfTurn': [
      {
        guard: and(['confirms the guess', 'has said nothing']),
        target: '#drafting',
        ...confirmed("remember the caller's turn"),
      },
      { guard: 'confirms the guess', target: '#synthesising', ...confirmed("remember the caller's turn") },
      // Other words: another question, and a new answer.
      {
        guard: 'said something',
        target: '#responding',
        reenter: true,
        actions: ['cut audio', "remember the caller's turn"],
      },
      { guard: 'owes an answer', target: '#responding', reenter: true, actions: 'cut audio' },
      { target: '#listening', actions: 'cut audio' },
    ],
    // The end of this utterance went with the connection: the guess is the best there is.
    'recognition.lost': [
      { guard: 'has said nothing', target: '#drafting', ...confirmed("remember the guess as the caller's turn") },
      { target: '#synthesising', ...confirmed("remember the guess as the caller's turn") },
    ],
    'caller.speechStarted': [...dropped],
    'caller.turnResumed': [...dropped],
    'caller.interim': [...otherWords],
    'reply.failed': [...failed],
    'voice.failed': [...failed],
  },
});
