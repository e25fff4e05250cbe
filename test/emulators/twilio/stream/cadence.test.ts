import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from 'xstate';
import { Cadence } from '../../../../emulators/twilio/stream/cadence.ts';

describe('cadence', () => {
  it('ticks at start + n · 20 ms', () => {
    const clock = new SimulatedClock();
    const ticks: string[] = [];
    new Cadence(clock, 20, (n) => ticks.push(`${n}@${clock.now()}`)).start(0);
    for (let ms = 0; ms < 65; ms += 1) clock.increment(1);
    expect(ticks).toEqual(['1@20', '2@40', '3@60']);
  });

  it('catches up ticks that a busy process missed, and is on the beat again', () => {
    const clock = new SimulatedClock();
    const ticks: string[] = [];
    new Cadence(clock, 20, (n) => ticks.push(`${n}@${clock.now()}`)).start(0);
    clock.increment(20);
    clock.increment(75);
    clock.increment(5);
    clock.increment(20);
    expect(ticks).toEqual(['1@20', '2@95', '3@95', '4@95', '5@100', '6@120']);
  });

  it('waits again when a timer fires early', () => {
    const ticks: number[] = [];
    const timers: { callback: () => void; delayMs: number }[] = [];
    let now = 0;
    const clock = {
      now: () => now,
      setTimeout: (callback: () => void, delayMs: number) => timers.push({ callback, delayMs }),
      clearTimeout: () => {},
    };
    new Cadence(clock, 20, (n) => ticks.push(n)).start(0);
    now = 19.4;
    timers[0]?.callback();
    expect([ticks, timers[1]?.delayMs]).toEqual([[], 1]);
    now = 20;
    timers[1]?.callback();
    expect(ticks).toEqual([1]);
  });

  it('is silent once stopped, also in the middle of catching up', () => {
    const clock = new SimulatedClock();
    const ticks: number[] = [];
    const cadence = new Cadence(clock, 20, (n) => {
      ticks.push(n);
      if (n === 2) cadence.stop();
    });
    cadence.start(0);
    clock.increment(500);
    clock.increment(500);
    expect(ticks).toEqual([1, 2]);
  });
});
