import { describe, expect, it } from '@jest/globals';
import { decodeWav } from '../../../codecs/wav.ts';
import { Recorder } from '../../../emulators/twilio/recorder.ts';

describe('recorder', () => {
  it('puts each sound where it sounded, across streams, silence elsewhere', () => {
    const recorder = new Recorder();
    const first = recorder.track(1000);
    first('caller', 0, Uint8Array.of(1, 2));
    first('agent', 3, Uint8Array.of(3));
    recorder.track(1001)('caller', 1, Uint8Array.of(4));
    const silence = (count: number) => Array.from({ length: count }, () => 0xff);
    expect([...recorder.render('caller')]).toEqual([1, 2, ...silence(7), 4]);
    expect([...recorder.render('agent')]).toEqual([...silence(3), 3, ...silence(6)]);
  });

  it('writes the caller left and the agent right', () => {
    const recorder = new Recorder();
    const record = recorder.track(0);
    record('caller', 0, Uint8Array.of(0x80));
    record('agent', 1, Uint8Array.of(0x00));
    expect(decodeWav(recorder.toWav())).toEqual({
      sampleRate: 8000,
      channels: [Int16Array.of(32_124, 0), Int16Array.of(0, -32_124)],
    });
  });

  it('keeps nothing when told so', () => {
    const recorder = new Recorder({ keeps: false });
    recorder.track(0)('caller', 0, Uint8Array.of(1));
    expect(recorder.render('caller')).toHaveLength(0);
    expect(decodeWav(recorder.toWav()).channels).toEqual([new Int16Array(0), new Int16Array(0)]);
  });
});
