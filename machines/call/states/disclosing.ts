import { call } from '../setup.ts';
import { recital } from './recital.ts';

/**
 * What the law wants said first. Protected: nothing but the end of the call, or an operator, cuts it short. Whoever speaks
 * meanwhile is answered right behind it, instead of being greeted.
 */
export const disclosing = call.createStateConfig({
  initial: 'choosing',
  on: {
    'caller.endOfTurn': { guard: 'meant something', actions: "keep the caller's words" },
    'line.dtmf': {},
  },
  states: {
    choosing: { always: [{ guard: 'has a disclosure', target: 'reciting' }, { target: '#greeting' }] },
    reciting: recital({ script: ({ brief }) => brief.script.disclosure, next: '#disclosed' }),
    said: {
      id: 'disclosed',
      always: [
        { guard: 'kept words of the caller', target: '#responding', actions: "remember the caller's kept words" },
        { target: '#greeting' },
      ],
    },
  },
});
