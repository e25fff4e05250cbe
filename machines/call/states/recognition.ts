import { raise } from 'xstate';
import { call } from '../setup.ts';

/** Who listens to the caller. The child keeps its own deadlines and always reports, so no wait here has one. */
export const recognition = call.createStateConfig({
  id: 'recognition',
  invoke: {
    id: 'recogniser',
    systemId: 'recogniser',
    src: 'recogniser',
    input: ({ context: { topic, brief } }) => ({
      topic,
      connectTimeout: brief.deadlines.recognitionConnect,
      reconnectPause: brief.deadlines.recognitionReconnect,
    }),
    onError: {
      actions: raise({
        type: 'recognition.failed',
        failure: { code: 'unavailable', message: 'the recogniser crashed', retryable: false },
      }),
    },
  },
  on: {
    'caller.speechStarted': { actions: 'forget what is recognised' },
    'caller.interim': { actions: 'note what is recognised' },
    'caller.eagerEndOfTurn': { actions: 'note what is recognised' },
    'caller.endOfTurn': { actions: 'forget what is recognised' },
  },
  initial: 'connecting',
  states: {
    connecting: {
      on: { 'recognition.live': 'live', 'recognition.lost': 'reconnecting', 'recognition.failed': 'failed' },
    },
    live: { on: { 'recognition.lost': 'reconnecting', 'recognition.failed': 'failed' } },
    reconnecting: { on: { 'recognition.live': 'live', 'recognition.failed': 'failed' } },
    failed: {},
  },
});
