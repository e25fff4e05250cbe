import { and } from 'xstate';
import { call } from '../setup.ts';
import { cutShort } from './listening.ts';

/** Whatever it was, it was no turn. */
const falseInterruption = [
  { guard: and(['was cut in the middle', 'goes on after false interruptions']), target: '#resuming' },
  { target: '#listening' },
] as const;

/** The caller took the floor. Nothing sounds, nothing of the turn is alive. */
export const interrupted = call.createStateConfig({
  id: 'interrupted',
  initial: 'hearing',
  states: {
    /** The utterance goes on. */
    hearing: {
      after: {
        'false interruption': [...falseInterruption],
      },
      on: {
        // Still talking: the wait begins anew.
        'caller.speechStarted': { target: 'hearing', reenter: true },
        'caller.turnResumed': { target: 'hearing', reenter: true },
        'caller.interim': { target: 'hearing', reenter: true },
        'caller.eagerEndOfTurn': [
          {
            guard: and(['said more than back-channel', 'knows what was heard']),
            target: '#speculating',
            actions: 'note the guess',
          },
          { target: 'hearing', reenter: true },
        ],
        'caller.endOfTurn': [
          { guard: 'said more than back-channel', target: '#responding', actions: "remember the caller's turn" },
          ...falseInterruption,
        ],
        'recognition.lost': [...cutShort],
        'line.dtmf': { guard: and(['pressed *', 'has spoken before']), target: '#retelling', actions: 'cut audio' },
      },
    },
    /** The utterance is over already; only the report of what was heard is awaited, so that the history is in order. */
    settling: {
      on: {
        'playout.cut': {
          guard: 'reports the last cut',
          target: '#responding',
          actions: "remember the caller's kept words",
        },
        // Playout reports at once. By now there is nothing to report, and the caller says more.
        'caller.speechStarted': { target: '#speakingOn', actions: "remember the caller's kept words" },
        'caller.endOfTurn': { guard: 'said something', actions: "keep the caller's words" },
        'line.dtmf': { guard: 'pressed *' },
      },
      after: { 'cut report': { target: '#responding', actions: "remember the caller's kept words" } },
    },
  },
});
