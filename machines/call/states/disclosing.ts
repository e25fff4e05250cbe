import { call } from '../setup.ts';
import { recital } from './recital.ts';

/**
 * What the law wants said first. Protected: nothing but the end of the call cuts it short. Whoever speaks
 * meanwhile is answered right behind it, instead of being greeted.
 */
export const disclosing = call.createStateConfig({
  initial: 'choosing',
  on: {
    'caller.endOfTurn': { guard: 'meant something', actions: "keep the caller's words" },
    'recognition.lost': { guard: 'understood some of it', actions: 'keep what was recognised' },
    'line.dtmf': {},
    'operator.takeOver': {},
    'operator.say': {},
    'operator.handBack': {},
    'operator.transfer': {},
  },
  states: {
    choosing: { always: [{ guard: 'has a disclosure', target: 'reciting' }, { target: '#greeting' }] },
    reciting: recital({ script: ({ brief }) => brief.script.disclosure, next: '#disclosed' }),
    said: {
      id: 'disclosed',
      always: [{ guard: 'owes an answer', target: '#responding' }, { target: '#greeting' }],
    },
  },
});
