import { call } from '../setup.ts';

/** The caller took the floor. Nothing sounds, nothing of the turn is alive. */
export const interrupted = call.createStateConfig({
  id: 'interrupted',
  initial: 'hearing',
  states: {
    /** The utterance goes on. */
    hearing: {
      after: {
        'false interruption': [{ guard: 'left something unheard', target: '#resuming' }, { target: '#listening' }],
      },
      on: {
        // Still talking: the wait begins anew.
        'caller.speechStarted': { target: 'hearing', reenter: true },
        'caller.turnResumed': { target: 'hearing', reenter: true },
        'caller.interim': { target: 'hearing', reenter: true },
        'caller.endOfTurn': [
          { guard: 'said more than back-channel', target: '#responding', actions: "remember the caller's turn" },
          { guard: 'left something unheard', target: '#resuming' },
          { target: '#listening' },
        ],
      },
    },
    /** The utterance is over already; only the report of what was heard is awaited, so that the history is in order. */
    settling: {
      on: {
        'playout.cut': {
          guard: 'reports the last cut',
          target: '#responding',
          actions: ['remember what was heard', "remember the caller's kept words"],
        },
      },
      after: { 'cut report': { target: '#responding', actions: "remember the caller's kept words" } },
    },
  },
});
