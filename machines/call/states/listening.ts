import { call } from '../setup.ts';

/** The connection was lost after words that mean something. */
export const cutShort = [
  {
    guard: 'understood some of it',
    target: '#cutShort',
    actions: "remember what was recognised as the caller's turn",
  },
] as const;

/** Whatever it turns out to be, an answer is owed. */
const owed = [
  { guard: 'said something', target: '#responding', actions: "remember the caller's turn" },
  { target: '#responding' },
] as const;

/** The caller has the floor. `quiet` waits for a word, the others for the end of an utterance. */
export const listening = call.createStateConfig({
  id: 'listening',
  initial: 'quiet',
  states: {
    quiet: {
      entry: 'forget what was to come',
      always: [
        {
          guard: 'talked too long',
          target: '#closing',
          actions: { type: 'note the reason', params: { reason: 'max-length' } },
        },
        // The recogniser failed during a hand-over that failed as well.
        {
          guard: 'nobody listens',
          target: '#call.ended',
          actions: { type: 'note the reason', params: { reason: 'recognition-failed' } },
        },
      ],
      after: {
        silence: [
          { guard: 'may ask again', target: '#reprompting', actions: 'count the reprompt' },
          { target: '#closing', actions: { type: 'note the reason', params: { reason: 'silence' } } },
        ],
      },
      on: {
        'caller.speechStarted': 'hearing',
        'caller.interim': 'hearing',
      },
    },
    hearing: {
      after: { 'utterance cap': 'quiet' },
      on: { 'recognition.lost': [...cutShort, { target: 'quiet' }] },
    },
    /** The end of an utterance went with the connection. What was understood is a turn, unless the caller goes on. */
    cutShort: {
      id: 'cutShort',
      after: { 'false interruption': '#responding' },
      on: {
        'caller.speechStarted': 'speakingOn',
        'caller.interim': 'speakingOn',
        'caller.endOfTurn': [...owed],
        'line.dtmf': { guard: 'pressed *' },
      },
    },
    /** Before the answer was complete: whatever this utterance turns out to be, an answer is owed. */
    speakingOn: {
      id: 'speakingOn',
      after: { 'utterance cap': '#responding' },
      on: {
        'recognition.lost': [...cutShort, { target: '#responding' }],
        'caller.endOfTurn': [...owed],
        'line.dtmf': { guard: 'pressed *' },
      },
    },
  },
  on: {
    'caller.eagerEndOfTurn': { guard: 'said something', target: '#speculating', actions: 'note the guess' },
    'caller.endOfTurn': [
      { guard: 'said something', target: '#responding', actions: "remember the caller's turn" },
      { target: '.quiet' },
    ],
  },
});
