import { encodeMulaw } from '../../../codecs/g711/mulaw.ts';
import { Resampler } from '../../../codecs/resampler.ts';
import { decodeWav } from '../../../codecs/wav.ts';

const TELEPHONE_RATE = 8000;

/**
 * A WAV file as a telephone would send it: µ-law, 8 kHz; of a stereo file the left channel, where our own recordings
 * have the caller.
 *
 * @throws WavError when it is no WAV file that we can read
 */
export function callerAudioFromWav(file: Uint8Array): Uint8Array {
  const { sampleRate, channels } = decodeWav(file);
  const samples = channels[0] ?? new Int16Array(0);
  if (sampleRate === TELEPHONE_RATE) return encodeMulaw(samples);
  const resampler = new Resampler(sampleRate, TELEPHONE_RATE);
  return encodeMulaw(Int16Array.from([...resampler.push(samples), ...resampler.flush()]));
}
