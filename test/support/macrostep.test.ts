import { describe, expect, it } from '@jest/globals';
import { initialTransition, transition } from 'xstate';
import { transitionId } from '../../visualizations/chart/statechart.ts';
import { doorMachine } from './door-machine.ts';
import { macrostep } from './macrostep.ts';

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
});
