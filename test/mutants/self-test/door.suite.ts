import { describe, expect, it } from '@jest/globals';
import { createActor } from 'xstate';
import { doorMachine } from '../../support/door-machine.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Run by the tool's own test only. It says nothing of a chime that fails, so such a mistake goes unnoticed. */
describe('the front door', () => {
  const front = (rings = 0) => {
    const clock = new VirtualClock();
    const door = createActor(doorMachine, { clock, input: { rings } }).start();
    return { clock, door, value: () => door.getSnapshot().value };
  };

  it('rings for a second, and is lit for three', () => {
    const { clock, door, value } = front();
    door.send({ type: 'bell.pressed' });
    expect(value()).toEqual({ closed: { bell: 'ringing', porch: 'lit' } });
    clock.advance(999);
    expect(value()).toEqual({ closed: { bell: 'ringing', porch: 'lit' } });
    clock.advance(1);
    expect(value()).toEqual({ closed: { bell: 'silent', porch: 'lit' } });
    clock.advance(2000);
    expect(value()).toEqual({ closed: { bell: 'silent', porch: 'dark' } });
  });

  it('is locked after the second ring', () => {
    const { door, value } = front(1);
    door.send({ type: 'bell.pressed' });
    expect(value()).toBe('locked');
  });

  it('opens to a key only', () => {
    const { door, value } = front();
    door.send({ type: 'door.opened', by: 'force' });
    expect(value()).toEqual({ closed: { bell: 'silent', porch: 'dark' } });
    door.send({ type: 'door.opened', by: 'key' });
    expect(value()).toBe('open');
  });
});
