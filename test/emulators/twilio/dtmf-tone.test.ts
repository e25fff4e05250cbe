import { describe, expect, it } from '@jest/globals';
import { decodeMulaw } from '../../../codecs/g711/mulaw.ts';
import { dtmfTone, isKey } from '../../../emulators/twilio/dtmf-tone.ts';

/** Power of one frequency (Goertzel), relative to the whole. */
function share(samples: Int16Array, frequency: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / 8000);
  let before = 0;
  let last = 0;
  let energy = 0;
  for (const sample of samples) {
    [before, last] = [last, sample + coefficient * last - before];
    energy += sample * sample;
  }
  return (2 * (last * last + before * before - coefficient * last * before)) / (samples.length * energy);
}

describe('DTMF tones', () => {
  it.each([
    ['1', 697, 1209],
    ['5', 770, 1336],
    ['9', 852, 1477],
    ['*', 941, 1209],
    ['0', 941, 1336],
    ['#', 941, 1477],
    ['D', 941, 1633],
  ])('%s is %d Hz and %d Hz, in equal parts', (key, low, high) => {
    const samples = decodeMulaw(dtmfTone(key));
    expect(samples).toHaveLength(800);
    expect(share(samples, low)).toBeCloseTo(0.5, 1);
    expect(share(samples, high)).toBeCloseTo(0.5, 1);
  });

  it.each(['', '12', 'x', ' '])('%j is no key', (key) => {
    expect(isKey(key)).toBe(false);
    expect(() => dtmfTone(key)).toThrow(RangeError);
  });
});
