import { describe, expect, it } from '@jest/globals';
import { Resampler } from '../../codecs/resampler.ts';
import { amplitudeAt, decibels, rms, tone } from './tones.ts';

const RATES = [8000, 16_000, 24_000];
const PAIRS: readonly (readonly [number, number])[] = [
  ...RATES.flatMap((from) => RATES.filter((to) => to !== from).map((to) => [from, to] as const)),
  [22_050, 8000],
  [44_100, 8000],
  [48_000, 8000],
];

function oneShot(from: number, to: number, samples: Int16Array): Int16Array {
  const resampler = new Resampler(from, to);
  return Int16Array.of(...resampler.push(samples), ...resampler.flush());
}

function chunked(from: number, to: number, samples: Int16Array, lengths: readonly number[]): Int16Array {
  const resampler = new Resampler(from, to);
  const output: number[] = [];
  for (let start = 0, turn = 0; start < samples.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    output.push(...resampler.push(samples.slice(start, start + length)));
    start += length;
  }
  output.push(...resampler.flush());
  return Int16Array.from(output);
}

/** Tones as shares of the lower rate: all through the band, just above its Nyquist frequency (0.5), and far beyond. */
const SHARES = [
  ...[0.02, 0.1, 0.2, 0.3, 0.4, 0.43, 0.45, 0.48, 0.5025, 0.505, 0.51, 0.52, 0.54, 0.57, 0.6, 0.7, 0.8, 0.9, 0.97],
  ...[1.03, 1.2, 1.48, 1.6, 1.9, 2.1, 2.5, 2.9],
];

/** The steady part of a resampled tone of 0.2 s: 0.1 s, a whole number of periods of any multiple of 10 Hz. */
function steady(from: number, to: number, frequency: number): { output: Int16Array; ideal: Int16Array } {
  const output = oneShot(from, to, tone(frequency, from, 0.2 * from));
  const [start, end] = [0.05 * to, 0.15 * to];
  return { output: output.slice(start, end), ideal: tone(frequency, to, 0.2 * to).slice(start, end) };
}

describe.each(PAIRS)('resampler %i Hz → %i Hz', (from, to) => {
  const lower = Math.min(from, to);

  it('gives back a 1 kHz tone, in time, with at least 80 dB of signal over error', () => {
    const { output, ideal } = steady(from, to, 1000);
    const error = Float64Array.from(output, (sample, index) => sample - (ideal[index] ?? 0));
    expect(decibels(rms(ideal), rms(error))).toBeGreaterThan(80);
  });

  it('keeps the level of the telephone band within 0.05 dB, up to 3,480 Hz', () => {
    for (const frequency of [50, 300, 310, 500, 1000, 1700, 2500, 3000, 3400, 3480]) {
      const { output } = steady(from, to, frequency);
      expect(Math.abs(decibels(amplitudeAt(output, frequency, to), 30_000))).toBeLessThan(0.05);
    }
  });

  it('makes no alias and no image above -80 dB, from whatever tone', () => {
    for (const share of SHARES.filter((candidate) => candidate < from / lower / 2)) {
      const frequency = Math.round((share * lower) / 10) * 10;
      const { output } = steady(from, to, frequency);
      const tonePower = frequency < lower / 2 ? amplitudeAt(output, frequency, to) ** 2 / 2 : 0;
      const otherPower = Math.max(0, rms(output) ** 2 - tonePower);
      expect(10 * Math.log10(otherPower / (30_000 ** 2 / 2))).toBeLessThan(-80);
    }
  });

  it('keeps a constant constant', () => {
    const output = oneShot(from, to, new Int16Array(from / 10).fill(12_345));
    expect(new Set(output.slice(0.02 * to, 0.08 * to))).toEqual(new Set([12_345]));
  });

  it.each([
    [[1]],
    [[2, 3]],
    [[7, 0, 161]],
    [[160]],
    [[479]],
    [[1000, 1]],
  ])('gives the very same samples in chunks of %j', (lengths) => {
    const speechLike = tone(700, from, 2003, 14_000).map((sample, index) => sample + ((index * 7919) % 4001) - 2000);
    expect(chunked(from, to, speechLike, lengths)).toEqual(oneShot(from, to, speechLike));
  });

  it('makes exactly as many samples as the input lasts', () => {
    for (const length of [0, 1, 2, 3, 159, 160, 161, 441, 997]) {
      expect(oneShot(from, to, tone(440, from, length)).length).toBe(Math.ceil((length * to) / from));
    }
  });

  it('holds back no more than 46 samples of the lower rate: 5.8 ms at 8 kHz', () => {
    const resampler = new Resampler(from, to);
    const received = resampler.push(new Int16Array(from)).length;
    expect(((to - received) / to) * lower).toBeLessThanOrEqual(46);
  });
});

describe('resampler', () => {
  it('clips what rings beyond full scale instead of wrapping it round', () => {
    const square = Int16Array.from({ length: 800 }, (_, index) => (index % 16 < 8 ? 32_767 : -32_768));
    const output = oneShot(8000, 16_000, square);
    expect([Math.max(...output), Math.min(...output)]).toEqual([32_767, -32_768]);
    const jumps = Array.from(output.slice(1), (sample, index) => Math.abs(sample - (output[index] ?? 0)));
    expect(Math.max(...jumps)).toBeLessThan(48_000);
  });

  it('serves the next stream after a flush as if it were new', () => {
    const resampler = new Resampler(24_000, 8000);
    const first = Int16Array.of(...resampler.push(tone(1000, 24_000, 1001)), ...resampler.flush());
    const second = Int16Array.of(...resampler.push(tone(1000, 24_000, 1001)), ...resampler.flush());
    expect(second).toEqual(first);
    expect(resampler.flush()).toEqual(new Int16Array(0));
  });

  it('passes equal rates through as a copy', () => {
    const samples = Int16Array.of(1, 2, 3);
    const resampler = new Resampler(8000, 8000);
    const output = resampler.push(samples);
    expect(output).toEqual(samples);
    expect(output.buffer).not.toBe(samples.buffer);
    expect(resampler.flush()).toEqual(new Int16Array(0));
  });

  it.each([
    [0, 8000, 'from must be a sample rate in Hz, an integer of 1 to 192000: received 0'],
    [8000, 8000.5, 'to must be a sample rate in Hz, an integer of 1 to 192000: received 8000.5'],
    [8000, Number.NaN, 'to must be a sample rate in Hz, an integer of 1 to 192000: received NaN'],
    [8000, 2 ** 20, 'to must be a sample rate in Hz, an integer of 1 to 192000: received 1048576'],
    [48_000, 44_101, 'cannot resample 48000 Hz to 44101 Hz: expected rates closer together or with a common divisor'],
  ])('refuses %d Hz → %d Hz by name', (from, to, message) => {
    expect(() => new Resampler(from, to)).toThrow(new RangeError(message));
  });
});
