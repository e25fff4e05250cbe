import { describe, expect, it } from '@jest/globals';
import { createMachine } from 'xstate';
import { doorGraph, doorOptions } from './door-graph.ts';
import { doorMachine } from './door-machine.ts';
import { childFailures, endless, explore } from './explore.ts';
import { begin, step } from './timed-model.ts';

describe('explore', () => {
  it('finds every state that stimuli and time can reach, once', () => {
    const found = [...doorGraph().nodes.values()].map(({ state }) => [state.now, JSON.stringify(state.snapshot.value)]);
    expect(found).toMatchInlineSnapshot(`
[
  [
    0,
    "{"closed":{"bell":"silent","porch":"dark"}}",
  ],
  [
    0,
    "{"closed":{"bell":"ringing","porch":"lit"}}",
  ],
  [
    0,
    ""open"",
  ],
  [
    0,
    "{"closed":{"bell":"ringing","porch":"dark"}}",
  ],
  [
    0,
    ""open"",
  ],
  [
    0,
    "{"closed":{"bell":"silent","porch":"lit"}}",
  ],
  [
    1000,
    "{"closed":{"bell":"silent","porch":"lit"}}",
  ],
  [
    0,
    "{"closed":{"bell":"silent","porch":"dark"}}",
  ],
  [
    0,
    ""locked"",
  ],
]
`);
  });

  it('lets time pass only where a timer is armed, and nothing happen after the end', () => {
    for (const { state, edges } of doorGraph().nodes.values()) {
      const expected = state.snapshot.status === 'active' && state.timers.length > 0 ? 1 : 0;
      expect(edges.filter(({ event }) => event.type === 'clock.next')).toHaveLength(expected);
      if (state.snapshot.status !== 'active') expect(edges).toEqual([]);
    }
  });

  it('refuses a key that is no abstraction', () => {
    const options = { ...doorOptions, limit: 50, key: () => String(++calls) };
    let calls = 0;
    expect(() => explore(doorMachine, options)).toThrow(/^more than 50 states; the key must reduce what grows/);
  });

  it('names the state and the event when the machine throws', () => {
    const broken = doorMachine.provide({
      guards: {
        'has a key': () => {
          throw new Error('no keyhole');
        },
      },
    });
    expect(() => explore(broken, doorOptions)).toThrow(
      /^\{"type":"door.opened","by":"key"\} in \["active".*no keyhole/s,
    );
  });

  it('names states from which there is no end', () => {
    const machine = createMachine({
      initial: 'a',
      states: {
        a: { on: { end: 'over', trap: 'b' } },
        b: { on: { more: 'c' } },
        c: { on: { back: 'b' } },
        over: { type: 'final' },
      },
    });
    const graph = explore(machine, {
      input: undefined,
      stimuli: () => ['end', 'trap', 'more', 'back'].map((type) => ({ type })),
      key: ({ snapshot }) => String(snapshot.value),
    });
    expect(endless(graph)).toEqual(['b', 'c']);
    expect(endless(doorGraph())).toEqual([]);
  });

  it('offers the failure of each running child', () => {
    const quiet = begin(doorMachine, { rings: 0 }).state;
    expect(childFailures(quiet)).toEqual([]);
    const ringing = step(doorMachine, quiet, { type: 'bell.pressed' }).state;
    expect(childFailures(ringing)).toEqual([
      { type: 'xstate.error.actor.chime', actorId: 'chime', error: new Error('chime broke') },
    ]);
    expect(step(doorMachine, ringing, childFailures(ringing)[0] ?? { type: 'none' }).snapshot.status).toBe('active');
  });
});
