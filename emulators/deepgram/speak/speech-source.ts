import { encodeAlaw } from '../../../codecs/g711/alaw.ts';
import { decodeMulaw, encodeMulaw } from '../../../codecs/g711/mulaw.ts';
import { bytesFromPcm } from '../../../codecs/pcm16.ts';
import { Resampler } from '../../../codecs/resampler.ts';
import type { Encoding } from './settings.ts';

/** Makes the sound of a text: linear samples, mono, at `sampleRate` (Hz). */
export type SpeechSource = (text: string, sampleRate: number) => Int16Array | Promise<Int16Array>;

/** Length of a tone for each character of the text (ms). Speech at an ordinary pace is as long. */
export const TONE_MS_PER_CHARACTER = 60;

/**
 * A tone instead of speech: its length follows from the length of the text, its pitch (300 to 1,300 Hz) from the
 * characters, so that a test can tell whose audio it hears, how much is missing, and whether it is stale.
 */
export const tones: SpeechSource = (text, sampleRate) => {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) as number)) % 1000;
  const samples = new Int16Array(Math.round((text.length * TONE_MS_PER_CHARACTER * sampleRate) / 1000));
  const step = (2 * Math.PI * (300 + sum)) / sampleRate;
  for (let index = 0; index < samples.length; index += 1) samples[index] = Math.round(8000 * Math.sin(index * step));
  return samples;
};

/**
 * Real speech, from any synthesiser that makes µ-law at 8 kHz, so that a call against the emulator can be listened to.
 *
 * @example spokenBy((text) => pool.speak({ text, voice: 'slt', rate: 1 }))
 */
export function spokenBy(speak: (text: string) => Promise<Uint8Array>): SpeechSource {
  return async (text, sampleRate) => {
    const samples = decodeMulaw(await speak(text));
    if (sampleRate === 8000) return samples;
    const resampler = new Resampler(8000, sampleRate);
    const parts = [resampler.push(samples), resampler.flush()];
    const whole = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
    parts.reduce((offset, part) => {
      whole.set(part, offset);
      return offset + part.length;
    }, 0);
    return whole;
  };
}

/** Samples as they go over the wire. */
export function encodeSpeech(samples: Int16Array, encoding: Encoding): Uint8Array {
  if (encoding === 'mulaw') return encodeMulaw(samples);
  return encoding === 'alaw' ? encodeAlaw(samples) : bytesFromPcm(samples);
}
