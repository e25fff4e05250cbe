import { call } from '../setup.ts';
import { UNATTENDED } from './attended.ts';

/** The goodbye, protected; the line is closed behind its last mark, or when the cap is reached. */
export const closing = call.createStateConfig({
  id: 'closing',
  entry: [
    { type: 'note the reason', params: { reason: 'agent-hung-up' } },
    {
      type: 'take the floor',
      params: ({ context }) => ({ sentences: [context.brief.script.goodbye], next: 'hangUp' }),
    },
  ],
  invoke: {
    id: 'voice',
    src: 'voice',
    input: ({ context }) => ({ epoch: context.epoch, sentences: context.saying, open: false }),
    onError: '#call.ended',
  },
  on: {
    'playout.finished': { guard: 'is current', target: '#call.ended', actions: 'remember what was said' },
    'voice.failed': { guard: 'is current', target: '#call.ended' },
    'line.dtmf': {},
    'recognition.failed': {},
    ...UNATTENDED,
  },
  after: { 'closing cap': '#call.ended' },
});
