import { describe, expect, it } from '@jest/globals';
import { FrameRing } from '../../../../services/speech-to-text/local/frame-ring.ts';

/** Pushes frames 1 … `pushed`. @returns the first sample of each of the newest, as the numbers that were pushed */
function newest(pushed: number, wanted: number, capacity = 4): number[] {
  const ring = new FrameRing(capacity);
  for (let frame = 1; frame <= pushed; frame += 1) ring.push(new Int16Array(160).fill(frame));
  const firsts: number[] = [];
  ring.newest(wanted, (samples) => {
    for (let at = 0; at < samples.length; at += 160) firsts.push((samples[at] as number) * 32_768);
  });
  return firsts;
}

describe('frame ring', () => {
  it('hands out the newest frames, oldest first, across its end', () => {
    expect(newest(3, 2)).toEqual([2, 3]);
    expect(newest(4, 4)).toEqual([1, 2, 3, 4]);
    expect(newest(6, 3)).toEqual([4, 5, 6]);
    expect(newest(9, 1)).toEqual([9]);
  });

  it('is silent before its first frame, and never longer than it is', () => {
    expect(newest(1, 3)).toEqual([0, 0, 1]);
    expect(newest(7, 9)).toEqual([4, 5, 6, 7]);
  });
});
