import { noted, noteOf } from '../hand-over-note.ts';
import { call } from '../setup.ts';
import { UNATTENDED } from './attended.ts';
import { recital } from './recital.ts';

/** An emergency never comes back to the agent: the carrier dials the number as the stream closes. */
const failed = [
  {
    guard: 'is an emergency',
    target: '#call.ended',
    actions: { type: 'note the reason', params: { reason: 'emergency' } },
  },
  { target: '#declining' },
] as const;

/** The caller is on the way to somebody else. Protected: neither speech nor keys nor a deaf agent interrupt it. */
export const transferring = call.createStateConfig({
  id: 'transferring',
  initial: 'choosing',
  on: { 'line.dtmf': {}, 'recognition.failed': {}, ...UNATTENDED },
  states: {
    choosing: {
      always: [{ guard: 'has a human', target: 'announcing', actions: 'choose the human' }, { target: '#declining' }],
    },
    announcing: recital({
      script: ({ brief }) => [brief.script.handOver],
      next: '#transferring.connecting',
      otherwise: '#transferring.connecting',
    }),
    connecting: {
      invoke: {
        id: 'transfer',
        src: 'transfer',
        input: ({ context }) => ({
          destination: noted(context.destination ?? { kind: 'human', number: '' }, noteOf(context)),
          timeout: context.brief.deadlines.transferTimeout,
        }),
        onDone: [
          {
            guard: { type: 'was handed over', params: ({ event }) => ({ ok: event.output.ok }) },
            target: '#call.ended',
            actions: { type: 'note the reason', params: { reason: 'transferred' } },
          },
          ...failed,
        ],
        onError: [...failed],
      },
      after: { 'transfer deadline': [...failed] },
    },
  },
});
