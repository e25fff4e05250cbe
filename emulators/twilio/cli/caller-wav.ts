import { encodeMulaw } from '../../../codecs/g711/mulaw.ts';
import { levelDbfs } from '../../../codecs/level.ts';
import { Resampler } from '../../../codecs/resampler.ts';
import { decodeWav, WavError } from '../../../codecs/wav.ts';

const TELEPHONE_RATE = 8000;
/** Below this a channel holds no speech, only noise (dBFS). */
const SILENT_BELOW = -60;

/**
 * A WAV file as a telephone would send it: µ-law, 8 kHz; of a stereo file the left channel, where our own recordings
 * have the caller, or the right one when the left is silent.
 *
 * @throws WavError when it is no WAV file that we can read, or holds no sound
 */
export function callerAudioFromWav(file: Uint8Array): Uint8Array {
  const { sampleRate, channels } = decodeWav(file);
  const samples = channels.find((channel) => levelDbfs(channel) > SILENT_BELOW);
  if (samples === undefined) {
    const seconds = ((channels[0]?.length ?? 0) / sampleRate).toFixed(2);
    throw new WavError(`${seconds} s of silence, expected a recording of a person`);
  }
  if (sampleRate === TELEPHONE_RATE) return encodeMulaw(samples);
  const resampler = new Resampler(sampleRate, TELEPHONE_RATE);
  return encodeMulaw(Int16Array.from([...resampler.push(samples), ...resampler.flush()]));
}
