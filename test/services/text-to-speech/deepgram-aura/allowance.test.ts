import { describe, expect, it } from '@jest/globals';
import { Allowance } from '../../../../services/text-to-speech/deepgram-aura/allowance.ts';

describe('an allowance', () => {
  it('is full at first, and again when a window has passed', () => {
    const allowance = new Allowance(3, 1000);
    expect(allowance.left(0)).toBe(3);
    allowance.take(1, 0);
    allowance.take(2, 400);
    expect([400, 999, 1000, 1399, 1400].map((nowMs) => allowance.left(nowMs))).toEqual([0, 0, 1, 1, 3]);
  });

  it('says how long to wait until enough of what was taken is forgotten', () => {
    const allowance = new Allowance(10, 1000);
    allowance.take(4, 0);
    allowance.take(5, 300);
    expect([1, 2, 5, 6, 10].map((amount) => allowance.msUntil(amount, 500))).toEqual([0, 500, 500, 800, 800]);
  });

  it('gives more than there ever is to who takes it alone', () => {
    const allowance = new Allowance(10, 1000);
    expect(allowance.msUntil(11, 0)).toBe(0);
    allowance.take(11, 0);
    expect(allowance.msUntil(1, 200)).toBe(800);
  });
});
