import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { VoiceSink } from '../../../../machines/call/ports.ts';
import {
  createSynthesiserPool,
  type SynthesiserPool,
} from '../../../../services/text-to-speech/local/synthesiser-pool.ts';
import { createLocalTextToSpeech } from '../../../../services/text-to-speech/local/text-to-speech.ts';

let pool: SynthesiserPool;
beforeAll(async () => {
  pool = createSynthesiserPool();
  await pool.ready();
});
afterAll(() => pool.close());

/** Notes what arrives; `done` resolves at the end, well or not. */
function record() {
  const events: string[] = [];
  let settle = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const sink: VoiceSink = {
    audio: (index, mulaw) => events.push(`audio ${index} ${mulaw.length > 4000 ? 'long' : mulaw.length}`),
    sentenceEnd: (index) => events.push(`sentenceEnd ${index}`),
    finished: () => {
      events.push('finished');
      settle();
    },
    failed: ({ code }) => {
      events.push(`failed ${code}`);
      settle();
    },
  };
  return { events, sink, done };
}

const SENTENCES = ['Good evening, Hotel Continental.', 'How may I help you?'];

describe('local text to speech', () => {
  it('delivers each sentence, its end, the next, and finished', async () => {
    const { events, sink, done } = record();
    const stream = createLocalTextToSpeech({ pool, voice: 'kal' }).open(sink, new AbortController().signal);
    for (const [index, text] of SENTENCES.entries()) stream.say(index, text);
    stream.end();
    await done;
    expect(events).toEqual(['audio 0 long', 'sentenceEnd 0', 'audio 1 long', 'sentenceEnd 1', 'finished']);
    expect(pool.jobs).toBe(0);
  });

  it('ends a sentence that has nothing to say without audio', async () => {
    const { events, sink, done } = record();
    const stream = createLocalTextToSpeech({ pool }).open(sink, new AbortController().signal);
    stream.say(0, '…');
    stream.end();
    await done;
    expect(events).toEqual(['sentenceEnd 0', 'finished']);
  });

  it('is silent at once and for ever after an abort', async () => {
    const { events, sink } = record();
    const abort = new AbortController();
    const stream = createLocalTextToSpeech({ pool }).open(sink, abort.signal);
    stream.say(0, SENTENCES[0] as string);
    stream.say(1, SENTENCES[1] as string);
    stream.end();
    await Promise.resolve();
    expect(pool.jobs).toBe(1);
    abort.abort();
    stream.say(2, 'Nobody hears this.');
    await pool.idle();
    await pool.speak({ text: 'After.', voice: 'kal', rate: 1 });
    expect(events).toEqual([]);
    expect(pool.jobs).toBe(0);
  });

  it('lets two calls take turns, sentence by sentence', async () => {
    const order: string[] = [];
    const voice = createLocalTextToSpeech({ pool, voice: 'kal' });
    const calls = ['a', 'b'].map((call) => {
      const { sink, done } = record();
      const stream = voice.open(
        { ...sink, sentenceEnd: (index) => order.push(`${call}${index}`) },
        new AbortController().signal,
      );
      for (let index = 0; index < 3; index += 1) stream.say(index, 'One more sentence.');
      stream.end();
      return done;
    });
    await Promise.all(calls);
    expect(order).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
  });

  it('reports a failure once and delivers nothing behind it', async () => {
    const { events, sink, done } = record();
    const closed = createSynthesiserPool();
    await closed.close();
    const stream = createLocalTextToSpeech({ pool: closed }).open(sink, new AbortController().signal);
    stream.say(0, 'Nobody speaks this.');
    stream.say(1, 'Nor this.');
    stream.end();
    await done;
    expect(events).toEqual(['failed cancelled']);
  });
});
