import { describe, expect, it } from '@jest/globals';
import { doorMachine } from './door-machine.ts';
import { begin, remaining, step, TIME_PASSES } from './timed-model.ts';

const pressed = { type: 'bell.pressed' } as const;
const CHIME = 'xstate.after.chime time.door.closed.bell.ringing';
const LIGHT = 'xstate.after.light time.door.closed.porch.lit';
const value = (bell: string, porch: string) => ({ closed: { bell, porch } });

describe('timed model', () => {
  it('arms timers, fires them one by one and keeps the rest running', () => {
    const quiet = begin(doorMachine, { rings: 0 }).state;
    expect(remaining(quiet)).toEqual([]);

    const ringing = step(doorMachine, quiet, pressed).state;
    expect(remaining(ringing)).toEqual([
      { id: CHIME, ms: 1000 },
      { id: LIGHT, ms: 3000 },
    ]);

    const lit = step(doorMachine, ringing, TIME_PASSES).state;
    expect([lit.now, lit.snapshot.value]).toEqual([1000, value('silent', 'lit')]);
    expect(remaining(lit)).toEqual([{ id: LIGHT, ms: 2000 }]);

    const dark = step(doorMachine, lit, TIME_PASSES).state;
    expect([dark.now, dark.snapshot.value]).toEqual([3000, value('silent', 'dark')]);
    expect(remaining(dark)).toEqual([]);
  });

  it('disarms a timer when its state is left', () => {
    const ringing = step(doorMachine, begin(doorMachine, { rings: 0 }).state, pressed).state;
    const annoyed = step(doorMachine, ringing, pressed).state;
    expect(remaining(annoyed)).toEqual([{ id: CHIME, ms: 1000 }]);
  });

  it('has no timers left once the machine has ended', () => {
    const ringing = step(doorMachine, begin(doorMachine, { rings: 0 }).state, pressed).state;
    const { state } = step(doorMachine, ringing, { type: 'door.opened', by: 'key' });
    expect([state.snapshot.status, state.snapshot.value, state.timers]).toEqual(['done', 'open', []]);
  });

  it('stays as it is when time passes and nothing is armed', () => {
    const { state } = begin(doorMachine, { rings: 0 });
    expect(step(doorMachine, state, TIME_PASSES).state).toBe(state);
  });
});
