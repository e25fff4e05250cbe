import { call } from '../setup.ts';

/** The caller has the floor. `quiet` waits for a word, `hearing` for the end of an utterance. */
export const listening = call.createStateConfig({
  id: 'listening',
  entry: 'expect the topic',
  initial: 'quiet',
  states: {
    quiet: {
      always: {
        guard: 'talked too long',
        target: '#closing',
        actions: { type: 'note the reason', params: { reason: 'max-length' } },
      },
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
      id: 'hearing',
      after: {
        'utterance cap': [{ guard: 'owes an answer', target: '#responding' }, { target: 'quiet' }],
      },
    },
  },
  on: {
    'caller.endOfTurn': [
      { guard: 'said something', target: '#responding', actions: "remember the caller's turn" },
      // A noise during thinking cancelled the answer: it is still owed.
      { guard: 'owes an answer', target: '#responding' },
      { target: '.quiet' },
    ],
  },
});
