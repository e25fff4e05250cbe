import { beforeAll, describe, expect, it } from '@jest/globals';
import { PAPER_ONLY } from './paper-only.ts';
import { runWireWalks, type WireResult } from './run.ts';
import { GOALS } from './walks.ts';

describe('the walks of the call chart, over real sockets', () => {
  let result: WireResult;
  beforeAll(async () => {
    result = await runWireWalks();
  }, 400_000);

  it('the server does what the chart does on paper, and what is promised to the caller', () => {
    expect(result.divergences).toEqual([]);
    expect(result.walks).toBeGreaterThan(20);
  });

  it('every transition is taken and every guard says yes and no, but for what nothing outside can bring about', () => {
    expect(result.missed.filter((goal) => !PAPER_ONLY.some(({ covers }) => covers(goal)))).toEqual([]);
  });

  it.each(PAPER_ONLY)('on paper only: $reason', ({ covers }) => {
    expect([...GOALS].filter(covers)).not.toEqual([]);
    expect([...result.reached].filter(covers)).toEqual([]);
  });
});
