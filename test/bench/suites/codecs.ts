import g711 from 'g711';
import { FRAME_BYTES, MulawFramer } from '../../../codecs/framing.ts';
import { decodeAlawInto, encodeAlawInto } from '../../../codecs/g711/alaw.ts';
import { decodeMulaw, decodeMulawInto, encodeMulaw, encodeMulawInto } from '../../../codecs/g711/mulaw.ts';
import { mulawLevelDbfs } from '../../../codecs/level.ts';
import { bytesFromPcm, pcmFromBytes } from '../../../codecs/pcm16.ts';
import { Resampler } from '../../../codecs/resampler.ts';
import type { BenchCase, BenchGroup, BenchSuite } from '../suite.ts';

/** One second at 8 kHz; long enough that calling costs nothing next to the work. */
const SAMPLES = 8000;
const MEGASAMPLES = SAMPLES / 1e6;

/** Noise of every loudness: no branch predictor learns it. The same in each run. */
function noise(length: number): Int16Array {
  let state = 1;
  return Int16Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state >> (16 + ((state >>> 8) & 7));
  });
}

const samples = noise(SAMPLES);
const codes = encodeMulaw(samples);
const linear16 = bytesFromPcm(samples);
const oddAddress = new Uint8Array(linear16.length + 1).subarray(1);
oddAddress.set(linear16);
const codesOut = new Uint8Array(SAMPLES);
const samplesOut = new Int16Array(SAMPLES);

const cases = (runs: Readonly<Record<string, () => unknown>>, amount = MEGASAMPLES): BenchCase[] =>
  Object.entries(runs).map(([name, run]) => ({ name, amount, run }));

const PACKAGE = 'g711 package';
const tables: BenchGroup[] = [
  {
    title: 'encode µ-law',
    unit: 'Msamples/s',
    baseline: PACKAGE,
    cases: cases({
      [PACKAGE]: () => g711.ulawFromPCM(samples),
      'table, new array': () => encodeMulaw(samples),
      'table, given array': () => encodeMulawInto(samples, codesOut),
    }),
  },
  {
    title: 'decode µ-law',
    unit: 'Msamples/s',
    baseline: PACKAGE,
    cases: cases({
      [PACKAGE]: () => g711.ulawToPCM(codes),
      'table, new array': () => decodeMulaw(codes),
      'table, given array': () => decodeMulawInto(codes, samplesOut),
    }),
  },
  {
    title: 'A-law',
    unit: 'Msamples/s',
    baseline: 'g711 package, encode',
    cases: cases({
      'g711 package, encode': () => g711.alawFromPCM(samples),
      'table, encode': () => encodeAlawInto(samples, codesOut),
      'table, decode': () => decodeAlawInto(codes, samplesOut),
    }),
  },
  {
    title: 'linear16 and level',
    unit: 'Msamples/s',
    cases: cases({
      'samples from bytes': () => pcmFromBytes(linear16),
      'samples from bytes at an odd address': () => pcmFromBytes(oddAddress),
      'bytes from samples': () => bytesFromPcm(samples),
      'level of µ-law': () => mulawLevelDbfs(codes),
    }),
  },
];

/** Frames, in chunks as voices deliver them: whole frames, and 100 ms less one byte. */
function framing(): BenchGroup {
  const emit = (frame: Uint8Array) => frame.length;
  const through = (chunkBytes: number) => {
    const framer = new MulawFramer();
    return () => {
      for (let start = 0; start < codes.length; start += chunkBytes) {
        framer.push(codes.subarray(start, start + chunkBytes), emit);
      }
    };
  };
  return {
    title: 'cut into 20 ms frames',
    unit: 'kframes/s',
    cases: cases(
      { 'chunks of 20 ms': through(160), 'chunks of 99.9 ms': through(799), 'chunks of 1 s': through(SAMPLES) },
      SAMPLES / FRAME_BYTES / 1000,
    ),
  };
}

/** One second of audio a run, in chunks. */
function resampling(chunkMs: number): BenchGroup {
  const pairs = [
    [8000, 16_000],
    [16_000, 8000],
    [8000, 24_000],
    [24_000, 8000],
    [22_050, 8000],
  ] as const;
  const runs = pairs.map(([from, to]) => {
    const resampler = new Resampler(from, to);
    const second = noise(from);
    const chunk = Math.round((from * chunkMs) / 1000);
    const run = () => {
      for (let start = 0; start < from; start += chunk) resampler.push(second.subarray(start, start + chunk));
    };
    return [`${from} → ${to} Hz`, run] as const;
  });
  return {
    title: `resample in chunks of ${chunkMs} ms`,
    unit: 'x real time',
    cases: cases(Object.fromEntries(runs), 1),
  };
}

export const suite: BenchSuite = {
  about: 'G.711 tables against the package, framing, and resampling against real time',
  groups: () => [...tables, framing(), resampling(20), resampling(1000)],
};
