import { describe, expect, it } from '@jest/globals';
import { createActor, setup } from 'xstate';
import { playoutActor } from '../../../../machines/call/actors/playout.ts';
import type { PlayoutEvent } from '../../../../machines/call/events.ts';
import { playoutOnPaper } from './playout-on-paper.ts';

describe('playout as an actor', () => {
  it('carries out each command as it is said', () => {
    const { playout, calls } = playoutOnPaper();
    const actor = createActor(playoutActor(() => playout)).start();
    actor.send({ type: 'playout.hold', epoch: 1 });
    actor.send({ type: 'playout.release', epoch: 1 });
    actor.send({ type: 'playout.cut', epoch: 2 });
    actor.send({ type: 'playout.replay', epoch: 2, skipMs: 340 });
    expect(calls).toEqual([
      ['hold', 1],
      ['release', 1],
      ['cut', 2],
      ['replay', 2, 340],
    ]);
  });

  it('tells its parent what the caller hears, until it is stopped', () => {
    const { playout, listeners } = playoutOnPaper();
    const heard: PlayoutEvent[] = [];
    const parent = createActor(
      setup({ types: {} as { events: PlayoutEvent }, actors: { playout: playoutActor(() => playout) } }).createMachine({
        invoke: { src: 'playout' },
        on: { '*': { actions: ({ event }) => heard.push(event) } },
      }),
    ).start();
    for (const listener of listeners) listener({ type: 'playout.finished', epoch: 3 });
    parent.stop();
    expect(heard).toEqual([{ type: 'playout.finished', epoch: 3 }]);
    expect(listeners.size).toBe(0);
  });
});
