import { describe, expect, it } from '@jest/globals';
import { enqueueActions, raise } from 'xstate';
import { coveringWalks, everyEdge } from './covering-walks.ts';
import { doorGraph } from './door-graph.ts';
import { doorMachine } from './door-machine.ts';
import { pureAgainstLive } from './pure-against-live.ts';

const input = { rings: 0 };
const pressed = { type: 'bell.pressed' } as const;

describe('pure against live', () => {
  it('agrees along every walk of a pure machine', () => {
    const walks = coveringWalks(doorGraph(), everyEdge);
    expect(walks.map((walk) => pureAgainstLive(doorMachine, { input, walk }))).toEqual(walks.map(() => undefined));
  });

  it('names the step at which an action changes the world behind the model', () => {
    const impure = doorMachine.provide({
      actions: { 'count the ring': ({ self }) => self.send({ type: 'door.opened', by: 'key' }) },
    });
    expect(pureAgainstLive(impure, { input, walk: [{ type: 'unknown' }, pressed] })).toEqual({
      step: 2,
      event: pressed,
      pure: {
        status: 'active',
        value: { closed: { bell: 'ringing', porch: 'lit' } },
        children: ['chime'],
        timers: [1000, 3000],
      },
      live: { status: 'done', value: 'open', children: [], timers: [] },
    });
  });

  it('sees a guard that reads the world', () => {
    let asked = 0;
    const impure = doorMachine.provide({ guards: { 'has a key': () => ++asked > 1 } });
    const divergence = pureAgainstLive(impure, { input, walk: [{ type: 'door.opened', by: 'key' }] });
    expect([divergence?.pure.value, divergence?.live.value]).toEqual([
      { closed: { bell: 'silent', porch: 'dark' } },
      'open',
    ]);
  });

  it('counts delayed events as timers in both worlds', () => {
    const delayed = doorMachine.provide({
      actions: {
        'count the ring': enqueueActions(({ enqueue }) => {
          enqueue(raise({ type: 'bell.annoyed' }, { delay: 50, id: 'soon' }));
        }),
      },
    });
    const walk = [pressed, { type: 'clock.next' }, { type: 'clock.next' }, { type: 'clock.next' }];
    expect(pureAgainstLive(delayed, { input, walk })).toBeUndefined();
  });

  it('shows a machine that fails as a sight, not as an exception', () => {
    const failing = doorMachine.provide({
      actions: {
        'count the ring': () => {
          throw new Error('worn out');
        },
      },
    });
    expect(pureAgainstLive(failing, { input, walk: [pressed] })?.live.status).toBe('error');
  });
});
