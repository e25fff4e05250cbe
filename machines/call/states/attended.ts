import { call, textOf } from '../setup.ts';
import { recital } from './recital.ts';

/** Where the call is on its way out of the agent's hands, operators come too late. */
export const UNATTENDED = {
  'operator.takeOver': {},
  'operator.say': {},
  'operator.handBack': {},
  'operator.transfer': {},
  'operator.hangUp': {},
} as const;

const handedBack = [
  { guard: 'owes an answer', target: '#responding', actions: 'cut audio' },
  { target: '#listening', actions: 'cut audio' },
] as const;

/**
 * An operator has taken the call over: the agent says nothing but the operator's lines, and remembers what the caller says
 * for the time when it has the call back.
 */
export const attended = call.createStateConfig({
  id: 'attended',
  initial: 'waiting',
  on: {
    'caller.endOfTurn': { guard: 'said something', actions: "remember the caller's turn" },
    'line.dtmf': {},
    'operator.takeOver': {},
    'operator.say': { target: '.saying', actions: 'cut audio' },
    'operator.handBack': [...handedBack],
  },
  states: {
    waiting: { after: { 'operator absence': [...handedBack] } },
    saying: recital({ script: (_, event) => [textOf(event)], next: '#attended.waiting' }),
  },
});

/** A line of an operator who leaves the call to the agent. */
export const relaying = recital({
  script: (_, event) => [textOf(event)],
  next: '#listening',
  floor: 'prompt',
});
