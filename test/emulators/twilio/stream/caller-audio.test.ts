import { describe, expect, it } from '@jest/globals';
import { CallerAudio } from '../../../../emulators/twilio/stream/caller-audio.ts';

describe('caller audio', () => {
  it('fills frames across utterances, and with silence at the end', async () => {
    const caller = new CallerAudio();
    const first = caller.push(Uint8Array.of(1, 2, 3));
    const second = caller.push(Uint8Array.of(4, 5));
    const frame = new Uint8Array(4);
    caller.take(frame);
    expect([...frame]).toEqual([1, 2, 3, 4]);
    await expect(first).resolves.toBe('sent');
    caller.take(frame);
    expect([...frame]).toEqual([5, 0xff, 0xff, 0xff]);
    await expect(second).resolves.toBe('sent');
    caller.take(frame);
    expect([...frame]).toEqual([0xff, 0xff, 0xff, 0xff]);
  });

  it('tells who still waits when the call ends that it was dropped', async () => {
    const caller = new CallerAudio();
    const waiting = caller.push(Uint8Array.of(1));
    caller.close();
    await expect(waiting).resolves.toBe('dropped');
    await expect(caller.push(Uint8Array.of(2))).resolves.toBe('dropped');
  });
});
