import { describe, expect, it } from '@jest/globals';
import { createMachine, fromCallback, initialTransition, sendParent, setup, transition } from 'xstate';
import { macrostep } from '../../statechart/macrostep.ts';
import { transitionId } from '../../statechart/names.ts';
import { doorMachine } from '../support/door-machine.ts';

const pressed = { type: 'bell.pressed' } as const;
const start = (rings: number) => macrostep(doorMachine, { input: { rings } }).snapshot;
const names = ({ microsteps }: ReturnType<typeof macrostep>) =>
  microsteps.map(({ event, transitions }) => [event?.type, ...transitions.map(transitionId)]);

describe('macrostep', () => {
  it('leads where the pure functions of XState lead, with the same effects', () => {
    const [first, firstEffects] = initialTransition(doorMachine, { rings: 0 });
    const begun = macrostep(doorMachine, { input: { rings: 0 } });
    expect(begun.snapshot.toJSON()).toEqual(first.toJSON());
    expect(begun.effects.map(({ type }) => type)).toEqual(firstEffects.map(({ type }) => type));

    const [second, effects] = transition(doorMachine, first, pressed);
    const stepped = macrostep(doorMachine, { snapshot: begun.snapshot, event: pressed });
    expect([stepped.snapshot.value, stepped.snapshot.context]).toEqual([second.value, second.context]);
    expect(stepped.effects.map(({ type }) => type)).toEqual(effects.map(({ type }) => type));
    expect(effects.map(({ type }) => type)).toContain('xstate.spawnChild');
  });

  it('tells the transitions of one event in all regions', () => {
    expect(names(macrostep(doorMachine, { snapshot: start(0), event: pressed }))).toEqual([
      [
        'bell.pressed',
        'door.closed.bell.silent --bell.pressed--> door.closed.bell.ringing',
        'door.closed.porch.dark --bell.pressed--> door.closed.porch.lit',
      ],
    ]);
  });

  it('tells the transitions of raised events', () => {
    const { snapshot } = macrostep(doorMachine, { snapshot: start(0), event: pressed });
    expect(names(macrostep(doorMachine, { snapshot, event: pressed }))).toEqual([
      ['bell.pressed', 'door.closed.bell.ringing --bell.pressed--> (stay)'],
      ['bell.annoyed', 'door.closed.porch.lit --bell.annoyed--> door.closed.porch.dark'],
    ]);
  });

  it('tells eventless transitions, which have no event', () => {
    const { microsteps, snapshot } = macrostep(doorMachine, { snapshot: start(1), event: pressed });
    expect(microsteps[1]?.event).toBeUndefined();
    expect(microsteps[1]?.transitions.map(transitionId)).toEqual(['door.closed.porch.lit --always--> door.locked']);
    expect(snapshot.status).toBe('done');
  });

  it('tells events that nobody handles', () => {
    expect(names(macrostep(doorMachine, { snapshot: start(0), event: { type: 'unknown' } }))).toEqual([['unknown']]);
  });

  it('lets a machine tell its parent, and knows what it would have said', () => {
    const child = createMachine({ on: { go: { actions: sendParent({ type: 'child.went' }) } } });
    const { snapshot } = macrostep(child, { input: undefined });
    const { effects } = macrostep(child, { snapshot, event: { type: 'go' } });
    expect(effects.map(({ type, params }) => [type, (params as { event: unknown }).event])).toEqual([
      ['xstate.sendTo', { type: 'child.went' }],
    ]);
  });

  it('starts a child with a systemId again and again', () => {
    const parent = setup({ actors: { child: fromCallback(() => {}) } }).createMachine({
      initial: 'a',
      states: { a: { invoke: { src: 'child', systemId: 'one' }, on: { go: 'b' } }, b: { on: { go: 'a' } } },
    });
    let { snapshot } = macrostep(parent, { input: undefined });
    for (const value of ['b', 'a', 'b', 'a']) {
      snapshot = macrostep(parent, { snapshot, event: { type: 'go' } }).snapshot;
      expect([snapshot.status, snapshot.value]).toEqual(['active', value]);
    }
  });
});
