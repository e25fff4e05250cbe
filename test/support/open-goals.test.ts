import { describe, expect, it } from '@jest/globals';
import { createMachine } from 'xstate';
import { explore } from './explore.ts';
import { OpenGoals } from './open-goals.ts';

const machine = createMachine({
  initial: 'a',
  states: { a: { on: { on: 'b', off: 'over' } }, b: { on: { on: 'a' } }, over: { type: 'final' } },
});
const graph = explore(machine, {
  input: undefined,
  stimuli: () => ['on', 'off'].map((type) => ({ type })),
  key: ({ snapshot }) => String(snapshot.value),
});
const goals = () => new OpenGoals(graph, ({ from, event }) => [`${from} ${event.type}`]);

describe('open goals', () => {
  it('know what stays, what leads on and what ends', () => {
    const open = goals();
    expect([open.staying('a'), open.leading('a')?.to, open.ending('a')?.to]).toEqual([undefined, 'b', 'over']);
    expect([open.staying('b')?.event.type, open.leading('b')?.to, open.ending('b')]).toEqual(['off', 'a', undefined]);
    expect([open.size, open.leadSomewhere]).toEqual([4, true]);
  });

  it('are closed one by one', () => {
    const open = goals();
    for (const goal of ['a on', 'b on', 'b off']) open.reach(goal);
    expect([open.leading('a'), open.staying('b'), open.leading('b'), open.leadSomewhere, open.size]).toEqual([
      undefined,
      undefined,
      undefined,
      false,
      1,
    ]);
    open.reach('a off');
    expect([open.ending('a'), open.size]).toEqual([undefined, 0]);
  });

  it('keep an edge open until its last goal is reached', () => {
    const open = new OpenGoals(graph, ({ from, event }) => (from === 'a' ? [event.type, 'any'] : []));
    open.reach('on');
    expect(open.leading('a')?.event.type).toBe('on');
    open.reach('any');
    expect(open.leading('a')).toBeUndefined();
    expect(open.ending('a')?.event.type).toBe('off');
  });

  it('can be set aside and taken back, unless they were reached meanwhile', () => {
    const open = goals();
    const [on, off] = [open.leading('a'), open.ending('a')];
    if (!on || !off) throw new Error('nothing is open');
    open.setAside(on);
    open.setAside(off);
    expect([open.leading('a'), open.ending('a'), open.size]).toEqual([undefined, undefined, 4]);
    open.reach('a off');
    open.takeBack([on, off]);
    expect([open.leading('a'), open.ending('a'), open.leadSomewhere]).toEqual([on, undefined, true]);
  });
});
