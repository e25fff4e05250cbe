import { call } from '../setup.ts';

/** The carrier's stream and, as its child, the agent's audio on the way out. */
export const line = call.createStateConfig({
  invoke: {
    id: 'playout',
    src: 'playout',
    onError: { target: '#call.ended', actions: { type: 'note the reason', params: { reason: 'voice-failed' } } },
  },
  on: { 'playout.cut': { guard: 'reports the last cut', actions: 'remember what was heard' } },
  initial: 'up',
  states: {
    up: {
      on: {
        'line.stopped': [
          // The carrier stops the stream as it carries the hand-over out, often before it answers the request.
          { guard: 'is handing over', target: 'dropped' },
          { target: '#call.ended', actions: { type: 'note the reason', params: { reason: 'caller-hung-up' } } },
        ],
        'line.dropped': 'dropped',
      },
    },
    dropped: {
      on: {
        'line.stopped': {
          target: '#call.ended',
          actions: { type: 'note the reason', params: { reason: 'caller-hung-up' } },
        },
      },
      after: {
        'line grace': {
          target: '#call.ended',
          actions: { type: 'note the reason', params: { reason: 'line-dropped' } },
        },
      },
    },
  },
});
