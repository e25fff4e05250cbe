import { mulawSample } from './g711/mulaw.ts';

/** The power of full scale: a square wave between -32,768 and 32,768. A sine as loud as it gets measures -3.01 dBFS. */
const FULL_SCALE_POWER = 32_768 ** 2;

/** Loudness (RMS) of 16-bit samples in dB below full scale; -Infinity for digital silence and for nothing at all. */
export function levelDbfs(samples: Int16Array): number {
  let energy = 0;
  for (let index = 0; index < samples.length; index += 1) energy += (samples[index] as number) ** 2;
  return dbfs(energy, samples.length);
}

/** As {@link levelDbfs} for µ-law bytes; allocates nothing. */
export function mulawLevelDbfs(mulaw: Uint8Array): number {
  let energy = 0;
  for (let index = 0; index < mulaw.length; index += 1) energy += mulawSample(mulaw[index] as number) ** 2;
  return dbfs(energy, mulaw.length);
}

function dbfs(energy: number, count: number): number {
  return energy === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(energy / count / FULL_SCALE_POWER);
}

/** A stretch of sound, in ms from the first sample; whole frames. */
export interface SoundSpan {
  readonly startMs: number;
  /** The end of the last frame that sounds, or of the samples. */
  readonly endMs: number;
}

export interface SoundSpanOptions {
  /** A frame sounds when it is at least this loud. Default -50: above line noise, below quiet speech. */
  readonly thresholdDbfs?: number;
  /** The resolution in ms. Default 10. */
  readonly frameMs?: number;
  /** Silence up to this long (ms) does not end a span: the gaps within words. Default 0. */
  readonly bridgeMs?: number;
}

/**
 * Where there is sound: measures what a recording proves, such as "the agent fell silent within 100 ms".
 *
 * @param sampleRate in Hz
 * @returns the spans in order, apart by more than `bridgeMs`; all else is silence
 * @throws RangeError when a frame is shorter than one sample
 */
export function soundSpans(samples: Int16Array, sampleRate: number, options: SoundSpanOptions = {}): SoundSpan[] {
  const { thresholdDbfs = -50, frameMs = 10, bridgeMs = 0 } = options;
  const frame = Math.round((frameMs * sampleRate) / 1000);
  if (!(frame >= 1)) {
    throw new RangeError(`a frame must have at least one sample: received ${frameMs} ms at ${sampleRate} Hz`);
  }
  const spans: { startMs: number; endMs: number }[] = [];
  for (let start = 0; start < samples.length; start += frame) {
    const end = Math.min(start + frame, samples.length);
    if (levelDbfs(samples.subarray(start, end)) < thresholdDbfs) continue;
    const startMs = (start * 1000) / sampleRate;
    const endMs = (end * 1000) / sampleRate;
    const last = spans.at(-1);
    if (last !== undefined && startMs - last.endMs <= bridgeMs) last.endMs = endMs;
    else spans.push({ startMs, endMs });
  }
  return spans;
}
