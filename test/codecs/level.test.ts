import { describe, expect, it } from '@jest/globals';
import { encodeMulaw } from '../../codecs/g711/mulaw.ts';
import { levelDbfs, mulawLevelDbfs, soundSpans } from '../../codecs/level.ts';

const sine = (length: number, amplitude: number) =>
  Int16Array.from({ length }, (_, index) => Math.round(amplitude * Math.sin((2 * Math.PI * index) / 8)));

describe('level', () => {
  it('measures a full-scale sine as 3.01 dB below full scale', () => {
    expect(levelDbfs(sine(800, 32_767))).toBeCloseTo(-3.01, 2);
    expect(levelDbfs(sine(800, 3276.7))).toBeCloseTo(-23.01, 2);
    expect(levelDbfs(new Int16Array(80).fill(-32_768))).toBe(0);
  });

  it('measures µ-law bytes as the samples that they stand for', () => {
    expect(mulawLevelDbfs(encodeMulaw(sine(800, 10_000)))).toBeCloseTo(levelDbfs(sine(800, 10_000)), 0);
    expect(mulawLevelDbfs(new Uint8Array(160).fill(0x80))).toBeCloseTo(20 * Math.log10(32_124 / 32_768), 10);
  });

  it('knows silence', () => {
    expect(levelDbfs(new Int16Array(160))).toBe(Number.NEGATIVE_INFINITY);
    expect(levelDbfs(new Int16Array(0))).toBe(Number.NEGATIVE_INFINITY);
    expect(mulawLevelDbfs(new Uint8Array(160).fill(0xff))).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('spans of sound', () => {
  const recording = new Int16Array(8000);
  recording.set(sine(800, 8000), 800);
  recording.set(sine(400, 8000), 2000);
  recording.set(sine(400, 8000), 7600);

  it('finds where sound begins and ends', () => {
    expect(soundSpans(recording, 8000)).toEqual([
      { startMs: 100, endMs: 200 },
      { startMs: 250, endMs: 300 },
      { startMs: 950, endMs: 1000 },
    ]);
  });

  it('bridges short silences when asked to', () => {
    expect(soundSpans(recording, 8000, { bridgeMs: 50 })).toEqual([
      { startMs: 100, endMs: 300 },
      { startMs: 950, endMs: 1000 },
    ]);
  });

  it('takes what is fainter than the threshold for silence', () => {
    expect(soundSpans(sine(800, 8000), 8000, { thresholdDbfs: -10 })).toEqual([]);
    expect(soundSpans(sine(800, 8000), 8000, { thresholdDbfs: -20 })).toEqual([{ startMs: 0, endMs: 100 }]);
  });

  it('measures a last frame that is cut short', () => {
    expect(soundSpans(sine(100, 8000), 8000, { frameMs: 20 })).toEqual([{ startMs: 0, endMs: 12.5 }]);
  });

  it('finds nothing in nothing', () => {
    expect(soundSpans(new Int16Array(0), 8000)).toEqual([]);
  });

  it('refuses a frame without samples', () => {
    expect(() => soundSpans(recording, 8000, { frameMs: 0 })).toThrow(
      new RangeError('a frame must have at least one sample: received 0 ms at 8000 Hz'),
    );
  });
});
