import { call, textOf } from '../setup.ts';
import { recital, TAKEN_AWAY } from './recital.ts';

/** Where the call is on its way out of the agent's hands, operators come too late. */
export const UNATTENDED = {
  'operator.takeOver': {},
  'operator.say': {},
  'operator.handBack': {},
  'operator.transfer': {},
  'operator.hangUp': {},
} as const;

const OPERATOR_HANGS_UP = { type: 'note the reason', params: { reason: 'operator' } } as const;

/**
 * An operator has taken the call over: the agent says nothing but the operator's lines, and remembers what the caller says
 * for the time when it has the call back.
 */
export const attended = call.createStateConfig({
  id: 'attended',
  initial: 'waiting',
  on: { 'line.dtmf': {}, 'operator.takeOver': {} },
  states: {
    waiting: {
      after: { 'operator absence': 'handingBack' },
      on: {
        'caller.endOfTurn': { guard: 'said something', actions: "remember the caller's turn" },
        'recognition.lost': {
          guard: 'understood some of it',
          actions: "remember what was recognised as the caller's turn",
        },
        'operator.say': 'saying',
        'operator.handBack': 'handingBack',
      },
    },
    /** A line is said to its end, whatever the operator wants next; only another line takes its place. */
    saying: {
      type: 'parallel',
      states: {
        line: recital({
          script: (_, event) => [textOf(event)],
          next: [
            { guard: 'hands back behind the line', target: '#attended.handingBack' },
            { guard: 'transfers behind the line', target: '#transferring' },
            { guard: 'hangs up behind the line', target: '#attended.hangingUp' },
            { target: '#attended.waiting' },
          ],
        }),
        behind: {
          id: 'behindTheLine',
          initial: 'staying',
          states: { staying: {}, handingBack: {}, transferring: {}, hangingUp: {} },
          on: {
            'operator.takeOver': '.staying',
            'operator.handBack': '.handingBack',
            'operator.transfer': '.transferring',
            'operator.hangUp': '.hangingUp',
          },
        },
      },
      on: {
        'caller.endOfTurn': { guard: 'said something', actions: "keep the caller's words" },
        'recognition.lost': { guard: 'understood some of it', actions: 'keep what was recognised' },
        'operator.say': {
          target: 'saying',
          reenter: true,
          actions: [...TAKEN_AWAY],
        },
      },
    },
    handingBack: { always: [{ guard: 'owes an answer', target: '#responding' }, { target: '#listening' }] },
    hangingUp: { always: { target: '#closing', actions: OPERATOR_HANGS_UP } },
  },
});

/** A line of an operator who leaves the call to the agent. What it interrupts is not forgotten. */
export const relaying = recital({
  script: (_, event) => [textOf(event)],
  within: 'the conversation',
  floor: 'prompt',
});
