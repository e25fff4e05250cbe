import { describe, expect, it } from '@jest/globals';
import { createActor, createMachine } from 'xstate';
import { VirtualClock } from './virtual-clock.ts';

const recording = () => {
  const clock = new VirtualClock();
  const fired: string[] = [];
  const at = (name: string) => () => void fired.push(`${name} at ${clock.now}`);
  return { clock, fired, at };
};

describe('VirtualClock', () => {
  it('fires timers at their own due time, also those armed on the way', () => {
    const { clock, fired, at } = recording();
    clock.setTimeout(() => {
      at('first')();
      clock.setTimeout(at('chained'), 100);
    }, 100);
    clock.advance(250);
    expect(fired).toEqual(['first at 100', 'chained at 200']);
    expect(clock.now).toBe(250);
    expect(clock.pending).toBe(0);
  });

  it('fires timers of one moment in the order in which they were set', () => {
    const { clock, fired, at } = recording();
    clock.setTimeout(at('late'), 60);
    clock.setTimeout(at('a'), 50);
    clock.setTimeout(at('b'), 50);
    expect(clock.remaining).toEqual([50, 50, 60]);
    clock.advance(60);
    expect(fired).toEqual(['a at 50', 'b at 50', 'late at 60']);
  });

  it('leaves later and cleared timers alone', () => {
    const { clock, fired, at } = recording();
    const cleared = clock.setTimeout(at('cleared'), 10);
    clock.setTimeout(at('later'), 101);
    clock.clearTimeout(cleared);
    clock.advance(100);
    expect(fired).toEqual([]);
    expect(clock.remaining).toEqual([1]);
    expect(clock.next(100)).toBe(false);
    expect(clock.next()).toBe(true);
    expect(clock.next()).toBe(false);
    expect(fired).toEqual(['later at 101']);
  });

  it('takes a negative delay as now', () => {
    const { clock, fired, at } = recording();
    clock.advance(5);
    clock.setTimeout(at('now'), -3);
    clock.advance(0);
    expect(fired).toEqual(['now at 5']);
  });

  it('drives chained delays of a machine exactly', () => {
    const clock = new VirtualClock();
    const reached: [unknown, number][] = [];
    const machine = createMachine({
      initial: 'a',
      states: { a: { after: { 100: 'b' } }, b: { after: { 100: 'c' } }, c: { after: { 100: 'd' } }, d: {} },
    });
    const actor = createActor(machine, { clock });
    actor.subscribe(({ value }) => reached.push([value, clock.now]));
    actor.start();
    clock.advance(250);
    expect(reached).toEqual([
      ['a', 0],
      ['b', 100],
      ['c', 200],
    ]);
  });
});
