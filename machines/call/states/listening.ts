import { call } from '../setup.ts';

/** The caller has the floor. `quiet` waits for a word, `hearing` and `speakingOn` for the end of an utterance. */
export const listening = call.createStateConfig({
  id: 'listening',
  initial: 'quiet',
  states: {
    quiet: {
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
      // The end of this utterance went with the connection.
      on: { 'recognition.lost': 'quiet' },
    },
    /** Before the answer was complete: whatever this utterance turns out to be, an answer is owed. */
    speakingOn: {
      id: 'speakingOn',
      after: { 'utterance cap': '#responding' },
      on: {
        'recognition.lost': '#responding',
        'caller.endOfTurn': [
          { guard: 'said something', target: '#responding', actions: "remember the caller's turn" },
          { target: '#responding' },
        ],
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
