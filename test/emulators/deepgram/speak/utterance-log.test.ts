import { expect, it } from '@jest/globals';
import { UtteranceLog } from '../../../../emulators/deepgram/speak/utterance-log.ts';

it('keeps what was said on each socket, its sound, and how it ended', () => {
  let now = 0;
  const log = new UtteranceLog(() => now);
  const { onMessage, onAudio, onFlushed } = log.hooks;
  onMessage(0, { type: 'Clear' });
  now = 10;
  onMessage(0, { type: 'Speak', text: 'Good evening.' });
  onMessage(0, { type: 'Flush' });
  now = 20;
  onMessage(1, { type: 'Speak', text: 'Good night.' });
  onAudio(0, 'Good evening.', Uint8Array.of(1, 2));
  now = 30;
  onAudio(0, 'Good evening.', Uint8Array.of(3));
  onAudio(1, 'Good night.', Uint8Array.of(9));
  now = 40;
  onFlushed(0);
  onMessage(1, { type: 'Clear' });
  now = 50;
  onMessage(0, { type: 'Clear' });
  onMessage(1, { type: 'Clear' });
  onMessage(0, { type: 'Speak', text: 'Hello.' });
  expect(log.utterances()).toEqual([
    {
      number: 0,
      socket: 0,
      text: 'Good evening.',
      spokenAtMs: 10,
      audio: Buffer.of(1, 2, 3),
      lastAudioAtMs: 30,
      flushedAtMs: 40,
      clearedAtMs: 50,
    },
    {
      number: 1,
      socket: 1,
      text: 'Good night.',
      spokenAtMs: 20,
      audio: Buffer.of(9),
      lastAudioAtMs: 30,
      flushedAtMs: undefined,
      clearedAtMs: 40,
    },
    {
      number: 2,
      socket: 0,
      text: 'Hello.',
      spokenAtMs: 50,
      audio: Buffer.of(),
      lastAudioAtMs: undefined,
      flushedAtMs: undefined,
      clearedAtMs: undefined,
    },
  ]);
});
