import { afterEach, describe, expect, it } from '@jest/globals';
import { encodeMulaw } from '../../../../codecs/g711/mulaw.ts';
import { Resampler } from '../../../../codecs/resampler.ts';
import { tones } from '../../../../emulators/deepgram/speak/speech-source.ts';
import { recordVoice } from '../../../contract/recorded-voice.ts';
import { type EmulatedAura, emulatedAura } from './emulated-aura.ts';

let emulated: EmulatedAura | undefined;
afterEach(() => emulated?.close());

const QUICK = { pace: { speed: 2000 } };

/** Speaks one turn to its end. */
async function speak({ textToSpeech }: EmulatedAura, sentences: readonly string[]) {
  const recorded = recordVoice();
  const stream = textToSpeech.open(recorded.sink, new AbortController().signal);
  for (const [index, text] of sentences.entries()) stream.say(index, text);
  stream.end();
  await recorded.done;
  return recorded;
}

/** The tones of a text as the emulator makes them, µ-law. */
const toneOf = (text: string): Uint8Array => encodeMulaw(tones(text, 8000) as Int16Array);

describe('Aura speaks', () => {
  it('µ-law, byte by byte as it came, each sentence with a Speak and a Flush of its own', async () => {
    emulated = await emulatedAura({ speak: QUICK });
    const recorded = await speak(emulated, ['Good evening.', 'How can I help?']);
    expect(recorded.audioOf(0)).toEqual(toneOf('Good evening.'));
    expect(recorded.audioOf(1)).toEqual(toneOf('How can I help?'));
    expect(emulated.speak.messages).toEqual(
      [
        { type: 'Speak', text: 'Good evening.' },
        { type: 'Flush' },
        { type: 'Speak', text: 'How can I help?' },
        { type: 'Flush' },
      ].map((message) => ({ socket: 0, message })),
    );
    expect(emulated.server.requests).toEqual(['/v1/speak?model=aura-2-thalia-en&encoding=mulaw&sample_rate=8000']);
  });

  it('linear16, resampled to the same bits whatever the frames, which tear samples apart', async () => {
    emulated = await emulatedAura({ aura: { encoding: 'linear16' }, speak: { pace: { speed: 2000, seed: 3 } } });
    const recorded = await speak(emulated, ['Good evening.', 'How can I help?']);
    for (const [index, text] of ['Good evening.', 'How can I help?'].entries()) {
      const resampler = new Resampler(16_000, 8000);
      const expected = [resampler.push((await tones(text, 16_000)) as Int16Array), resampler.flush()].map(encodeMulaw);
      expect(recorded.audioOf(index)).toEqual(new Uint8Array(Buffer.concat(expected)));
    }
  });

  it('with the voice and the pace of the agent', async () => {
    emulated = await emulatedAura({ aura: { voice: 'aura-2-orion-en', rate: 2 }, speak: QUICK });
    await speak(emulated, ['Good evening.']);
    expect(emulated.server.requests).toEqual([
      '/v1/speak?model=aura-2-orion-en&encoding=mulaw&sample_rate=8000&speed=1.5',
    ]);
  });

  it('a sentence beyond the limit of a message in parts', async () => {
    emulated = await emulatedAura({ speak: { pace: { speed: 100_000, frameBytes: [64_000, 64_000] } } });
    const sentence = `${'word '.repeat(420)}end.`;
    const recorded = await speak(emulated, [sentence]);
    const texts = emulated.speak.messages.flatMap(({ message }) => (message.type === 'Speak' ? [message.text] : []));
    expect(texts.map(({ length }) => length)).toEqual([1999, 104]);
    expect(texts.join(' ')).toBe(sentence);
    expect(recorded.events).toEqual(['audio 0', 'sentenceEnd 0', 'finished']);
    expect(recorded.audioOf(0).length).toBe((1999 + 104) * 60 * 8);
  });

  it('thirty sentences within the limit of twenty flushes, the last ones together', async () => {
    emulated = await emulatedAura({ speak: QUICK });
    const sentences = Array.from({ length: 30 }, (_, index) => `Say ${index}.`);
    const recorded = await speak(emulated, sentences);
    const alone = sentences.slice(0, 15).flatMap((_, index) => [`audio ${index}`, `sentenceEnd ${index}`]);
    const ends = sentences.slice(15).map((_, index) => `sentenceEnd ${index + 15}`);
    expect(recorded.events).toEqual([...alone, 'audio 15', ...ends, 'finished']);
    expect(recorded.audioOf(15)).toEqual(toneOf(sentences.slice(15).join(' ')));
    expect(emulated.speak.messages.filter(({ message }) => message.type === 'Flush')).toHaveLength(16);
  });

  it('turn after turn over connections that are replaced before the limit is reached', async () => {
    emulated = await emulatedAura({ speak: QUICK });
    for (let turn = 0; turn < 8; turn += 1) {
      const recorded = await speak(emulated, ['One.', 'Two.', 'Three.']);
      expect(recorded.events.at(-1)).toBe('finished');
    }
    const flushes = emulated.speak.messages.filter(({ message }) => message.type === 'Flush');
    expect([0, 1].map((socket) => flushes.filter((flush) => flush.socket === socket).length)).toEqual([12, 12]);
  });
});
