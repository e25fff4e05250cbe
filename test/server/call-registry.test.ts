import { beforeEach, describe, expect, it } from '@jest/globals';
import { CallRegistry } from '../../server/call-registry.ts';
import type { CallSession } from '../../server/call-session.ts';

let now: number;
let calls: CallRegistry;
beforeEach(() => {
  now = 0;
  calls = new CallRegistry({ maximum: 2, now: () => now });
});

/** What the registry needs of a session. */
const session = (callSid: string): CallSession => ({ callSid, ended: new Promise(() => {}) }) as unknown as CallSession;
const HANG_UP = { next: { verb: 'hangUp' }, callerWaits: false } as const;

describe('places for calls', () => {
  it('are held from the announcement on, once for each call', () => {
    expect([calls.admit('a'), calls.admit('a'), calls.admit('b'), calls.admit('c')]).toEqual([
      'open',
      'open',
      'open',
      'saturated',
    ]);
    calls.begin(session('a'));
    expect([calls.live, calls.admission]).toEqual([1, 'saturated']);
  });

  it('are not taken twice by a call that is announced again while it is live', () => {
    calls.begin(session('a'));
    calls.begin(session('b'));
    expect([calls.admit('a'), calls.admit('c')]).toEqual(['open', 'saturated']);
    calls.end(calls.get('b') as CallSession, HANG_UP);
    expect(calls.admit('c')).toBe('open');
  });

  it('come back when the stream never does, and when the call ends', () => {
    const live = session('a');
    calls.admit('a');
    calls.begin(live);
    calls.admit('b');
    now = 60_000;
    expect(calls.admission).toBe('open');
    calls.admit('c');
    calls.end(live, HANG_UP);
    expect([calls.live, calls.admission]).toEqual([0, 'open']);
  });

  it('are gone while the server drains, also for a call that was announced before', async () => {
    calls.admit('a');
    expect(await calls.drain(0)).toBe(true);
    expect([calls.admit('a'), calls.admit('b')]).toEqual(['draining', 'draining']);
  });
});

describe('draining', () => {
  it('waits for a call that was announced, and for its end', async () => {
    const live = session('a');
    calls.admit('a');
    const drained = calls.drain(60_000);
    calls.begin(live);
    calls.end(live, HANG_UP);
    expect(calls.live).toBe(0);
    expect(await drained).toBe(true);
  });

  it('does not take a call for over that begins meanwhile', async () => {
    calls.admit('a');
    const drained = calls.drain(20);
    calls.begin(session('a'));
    expect(await drained).toBe(false);
  });

  it('waits for no call that was given up, or announced too long ago', async () => {
    calls.admit('a');
    now = 5000;
    calls.admit('b');
    const drained = calls.drain(60_000);
    calls.giveUp('b');
    expect(await drained).toBe(true);
  });
});

describe('the outcome of a call', () => {
  it('is kept for two minutes', async () => {
    const live = session('a');
    calls.begin(live);
    calls.end(live, { next: { verb: 'dial', number: '+14155550100' }, callerWaits: true });
    expect(await calls.outcomeOf('a', 0)).toEqual({ verb: 'dial', number: '+14155550100' });
    now = 120_000;
    const other = session('b');
    calls.begin(other);
    calls.end(other, HANG_UP);
    expect(await calls.outcomeOf('a', 0)).toBeUndefined();
  });

  it('is waited for while the call is live, but not for ever', async () => {
    calls.begin(session('a'));
    expect(await calls.outcomeOf('a', 0)).toBeUndefined();
  });

  it('of an older session of the same call does not end the newer', () => {
    const [old, fresh] = [session('a'), session('a')];
    calls.begin(old);
    calls.begin(fresh);
    calls.end(old, HANG_UP);
    expect(calls.live).toBe(1);
  });

  it('is waited for at shutdown as long as its caller waits', async () => {
    const live = session('a');
    calls.begin(live);
    calls.end(live, { next: { verb: 'hangUp' }, callerWaits: true });
    const answered = calls.allAnswered(60_000);
    await calls.outcomeOf('a', 0);
    await answered;
  });
});
