import { describe, expect, it } from '@jest/globals';
import { drawDelay, LATENCIES } from '../../../emulators/openai/latency.ts';
import { piecesOf } from '../../../emulators/openai/pieces.ts';
import { seededRandom } from '../../../emulators/openai/seeded-random.ts';

describe('delays', () => {
  it('are drawn from the seed, with the median and the 95th percentile that were asked for', () => {
    const random = seededRandom(7);
    const drawn = Array.from({ length: 4001 }, () => drawDelay(LATENCIES.fast.firstToken, random)).sort(
      (a, b) => a - b,
    );
    expect(drawn[2000]).toBeGreaterThan(390);
    expect(drawn[2000]).toBeLessThan(410);
    expect(drawn[3800]).toBeGreaterThan(530);
    expect(drawn[3800]).toBeLessThan(570);
    const again = seededRandom(7);
    expect(
      Array.from({ length: 4001 }, () => drawDelay(LATENCIES.fast.firstToken, again)).sort((a, b) => a - b),
    ).toEqual(drawn);
    expect(drawDelay(5, random)).toBe(5);
  });
});

describe('pieces', () => {
  it('of a text are whole characters of one to six', () => {
    const text = 'Grüß 👋 '.repeat(200);
    const pieces = piecesOf(text, seededRandom(3));
    expect(pieces.join('')).toBe(text);
    const lengths = new Set(pieces.slice(0, -1).map((piece) => [...piece].length));
    expect([...lengths].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
