import { describe, expect, it } from '@jest/globals';
import type { CallerEvent } from '../../../machines/call/events.ts';
import type { SpeechToTextOptions } from '../../../machines/call/ports.ts';
import { onStreamClock } from '../../../services/speech-to-text/stream-clock.ts';

const END: CallerEvent = {
  type: 'caller.endOfTurn',
  text: 'yes',
  confidence: 0.9,
  words: [{ word: 'yes', startMs: 100, endMs: 350 }],
  speechEndMs: 360,
};

describe('the clock of the stream', () => {
  it('goes on from session to session', async () => {
    const opened: SpeechToTextOptions[] = [];
    const heard: [string, number][] = [];
    const speechToText = onStreamClock({
      open: async (options) => {
        const session = opened.push(options);
        return {
          write: ({ length }) => heard.push([`write ${session}`, length]),
          expect: (topic) => heard.push([`${topic} ${session}`, 0]),
        };
      },
    });
    const events: CallerEvent[] = [];
    const options = {
      signal: new AbortController().signal,
      topic: 'opening',
      on: (event: CallerEvent) => events.push(event),
      onLost: () => {},
    };
    const first = await speechToText.open(options);
    opened[0]?.on(END);
    first.write(new Uint8Array(4000));
    first.write(new Uint8Array(4000));
    const second = await speechToText.open(options);
    second.write(new Uint8Array(80));
    second.expect('time');
    opened[1]?.on({ type: 'caller.interim', text: 'yes' });
    opened[1]?.on(END);
    opened[1]?.on({ type: 'caller.endOfTurn', text: 'no', confidence: 0.9, words: [] });
    expect(events).toEqual([
      END,
      { type: 'caller.interim', text: 'yes' },
      { ...END, words: [{ word: 'yes', startMs: 1100, endMs: 1350 }], speechEndMs: 1360 },
      { type: 'caller.endOfTurn', text: 'no', confidence: 0.9, words: [] },
    ]);
    expect(heard).toEqual([
      ['write 1', 4000],
      ['write 1', 4000],
      ['write 2', 80],
      ['time 2', 0],
    ]);
    expect(opened.map(({ signal, topic }) => [signal, topic])).toEqual([
      [options.signal, 'opening'],
      [options.signal, 'opening'],
    ]);
  });
});
