import { afterAll, describe, expect, it } from '@jest/globals';
import { VoiceActivity } from '../../../../services/speech-to-text/local/voice-activity.ts';
import { closeSynthesiser, synthesise } from '../../../../services/text-to-speech/local/synthesise.ts';
import { VOICES } from '../../../../services/text-to-speech/local/voices.ts';
import { framesOf, key, noise, quiet, sound } from './phone-line.ts';

afterAll(closeSynthesiser);

function shareVoiced(mulaw: Uint8Array): number {
  const activity = new VoiceActivity();
  const frames = framesOf(mulaw);
  return frames.filter((frame) => activity.judge(frame) === 'voiced').length / frames.length;
}

describe('voice activity', () => {
  it.each([20, 1000, 8000, 30_000])('hears no voice in white noise of amplitude %d', (amplitude) => {
    const hiss = noise();
    expect(shareVoiced(sound(2000, () => amplitude * hiss()))).toBe(0);
  });

  it('hears no voice in digital silence, in a quiet line, and in clicks', () => {
    expect(shareVoiced(sound(2000, () => 0))).toBe(0);
    expect(shareVoiced(quiet(2000))).toBe(0);
    expect(shareVoiced(sound(2000, (index) => (index % 4000 < 40 ? 20_000 : 0)))).toBe(0);
  });

  it.each(
    [697, 770, 852, 941].flatMap((row) => [1209, 1336, 1477].map((column) => [row, column] as const)),
  )('hears no voice in the key of %d and %d Hz', (row, column) => {
    expect(shareVoiced(key(row, column, 1000))).toBe(0);
  });

  it.each(VOICES)('hears the voice %s', async (voice) => {
    const share = shareVoiced(await synthesise('I would like to book a table for two tonight.', voice));
    expect(share).toBeGreaterThan(0.4);
  });
});
