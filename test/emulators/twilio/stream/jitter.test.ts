import { describe, expect, it } from '@jest/globals';
import { JitteryNetwork } from '../../../../emulators/twilio/stream/jitter.ts';

describe('a jittery network', () => {
  it('holds the end of each period back and delivers it in one bunch, in order', () => {
    const delivered: string[] = [];
    const network = new JitteryNetwork({ everyMs: 100, holdMs: 40 }, (message) => delivered.push(message));
    const counts = [0, 20, 40, 60, 80, 100, 120].map((streamMs) => {
      network.send(String(streamMs), streamMs);
      return delivered.length;
    });
    expect(counts).toEqual([1, 2, 3, 3, 3, 6, 7]);
    expect(delivered).toEqual(['0', '20', '40', '60', '80', '100', '120']);
  });

  it('loses nothing when the socket closes', () => {
    const delivered: string[] = [];
    const network = new JitteryNetwork({ everyMs: 100, holdMs: 100 }, (message) => delivered.push(message));
    network.send('stop', 10);
    network.flush();
    expect(delivered).toEqual(['stop']);
  });
});
