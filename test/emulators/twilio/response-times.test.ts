import { describe, expect, it } from '@jest/globals';
import { responseTimes } from '../../../emulators/twilio/response-times.ts';

const at = (atMs: number, type: 'agentAudio' | 'agentSilent' | 'callerAudio' | 'callerSilent') => ({
  atMs,
  event: { type },
});

describe('response times', () => {
  it('are the silences between the caller and the answer, whatever the order of observation', () => {
    const timeline = [
      at(100, 'agentAudio'),
      at(900, 'agentSilent'),
      at(1000, 'callerAudio'),
      at(2800, 'agentAudio'),
      at(2000, 'callerSilent'),
      at(3000, 'callerAudio'),
      at(3100, 'agentSilent'),
      at(4000, 'callerSilent'),
      at(4650, 'agentAudio'),
    ];
    expect(responseTimes(timeline)).toEqual([
      { callerSilentAtMs: 2000, agentAudioAtMs: 2800, responseMs: 800 },
      { callerSilentAtMs: 4000, agentAudioAtMs: 4650, responseMs: 650 },
    ]);
  });

  it('leave out turns that were not answered before the caller spoke on', () => {
    expect(responseTimes([at(0, 'callerSilent'), at(500, 'callerAudio'), at(600, 'agentAudio')])).toEqual([]);
  });
});
