import { call } from '../setup.ts';

/** Two of the three layers in front of an interruption; the third, the minimum, is a guard on the words themselves. */
export const bargeIn = call.createStateConfig({
  type: 'parallel',
  states: {
    /** One interruption per utterance. */
    latch: {
      id: 'latch',
      initial: 'open',
      states: {
        open: { on: { 'bargeIn.accepted': 'latched' } },
        latched: {
          // A false interruption is over, whether or not its utterance is.
          always: { guard: 'is resuming', target: 'open' },
          on: { 'caller.endOfTurn': 'open', 'caller.speechStarted': 'open' },
          after: { 'utterance cap': 'open' },
        },
      },
    },
    /** Echo and noise bursts come in clusters. */
    debounce: {
      id: 'debounce',
      initial: 'ready',
      states: {
        ready: { on: { 'bargeIn.accepted': 'cooling' } },
        cooling: { after: { debounce: 'ready' } },
      },
    },
  },
});
