import { decodeMulaw, encodeMulaw } from '../../../../codecs/g711/mulaw.ts';
import { synthesise } from '../../../../services/text-to-speech/local/synthesise.ts';
import type { Voice } from '../../../../services/text-to-speech/local/voices.ts';

/** Sound by formula: `sample(n)` of n = 0, 1, … at 8 kHz, 16 bits. @returns µ-law */
export function sound(durationMs: number, sample: (index: number) => number): Uint8Array {
  return encodeMulaw(Int16Array.from({ length: durationMs * 8 }, (_, index) => sample(index)));
}

/** The same noise in every run (a linear congruential generator), -1 … 1. */
export function noise(seed = 7): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** A line on which nobody speaks: noise at -80 dBFS. */
export function quiet(durationMs: number): Uint8Array {
  const hiss = noise();
  return sound(durationMs, () => 6 * hiss());
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A caller who says these sentences, one second apart, after half a second; then a second of nothing. */
export async function caller(voice: Voice, ...sentences: readonly string[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [quiet(500)];
  for (const sentence of sentences) parts.push(await synthesise(sentence, voice), quiet(1000));
  return join(...parts);
}

/** A key of a telephone, pressed for a while, as loud as phones are. */
export function key(row: number, column: number, durationMs: number): Uint8Array {
  const tone = (hertz: number, index: number) => Math.sin((2 * Math.PI * hertz * index) / 8000);
  return sound(durationMs, (index) => 6000 * tone(row, index) + 7000 * tone(column, index));
}

/** Every frame's samples, 20 ms each. */
export function framesOf(mulaw: Uint8Array): Int16Array[] {
  const samples = decodeMulaw(mulaw);
  return Array.from({ length: Math.floor(samples.length / 160) }, (_, index) =>
    samples.subarray(160 * index, 160 * (index + 1)),
  );
}
