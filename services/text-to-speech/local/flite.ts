import { encodeMulawInto } from '../../../codecs/g711/mulaw.ts';
import { Resampler } from '../../../codecs/resampler.ts';
import { decodeWav } from '../../../codecs/wav.ts';
import { runProgram } from './memory-wasi.ts';
import type { Speech } from './synthesiser-messages.ts';
import { trimSilence } from './trim-silence.ts';

/** The rate of a phone call (Hz). */
const CALL_RATE = 8000;

/**
 * Speaks one text; takes 10 to 50 ms for a sentence, without a pause.
 *
 * @param program the compiled Flite, a WASI command
 * @param speech its text in ASCII
 * @returns µ-law, 8 kHz, without the silence around it
 * @throws Error when Flite ends without sound
 */
export function speakWithFlite(program: WebAssembly.Module, { text, voice, rate }: Speech): Uint8Array {
  const stretch = `duration_stretch=${(1 / rate).toFixed(3)}`;
  const { exitCode, output, messages } = runProgram(program, [
    'flite',
    ...['-voice', voice],
    ...['--setf', stretch],
    ...['-t', text],
    ...['-o', '/speech.wav'],
  ]);
  if (exitCode !== 0 || output.length === 0) throw new Error(`exit code ${exitCode}: ${messages}`);
  const { sampleRate, channels } = decodeWav(output);
  const samples = trimSilence(channels[0] ?? new Int16Array(0), sampleRate);
  const resampler = new Resampler(sampleRate, CALL_RATE);
  const mulaw = new Uint8Array(Math.ceil((samples.length * CALL_RATE) / sampleRate));
  const beginning = resampler.push(samples);
  encodeMulawInto(beginning, mulaw);
  encodeMulawInto(resampler.flush(), mulaw, beginning.length);
  return mulaw;
}
