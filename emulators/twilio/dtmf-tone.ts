import { encodeMulaw } from '../../codecs/g711/mulaw.ts';

/** The keys of a telephone, by row and column of the pad. */
const ROWS = ['123A', '456B', '789C', '*0#D'];
/** Hz. @see ITU-T Q.23 */
const ROW_FREQUENCIES = [697, 770, 852, 941];
const COLUMN_FREQUENCIES = [1209, 1336, 1477, 1633];
/** Ample for every detector: Q.24 asks for 40 ms. */
const TONE_MS = 100;
/** Of each of the two tones: -13 dBFS, within what Q.24 expects of a receiver. */
const AMPLITUDE = 7300;
const SAMPLE_RATE = 8000;

/** Whether this is one key of a telephone. */
export function isKey(digit: string): boolean {
  return digit.length === 1 && ROWS.some((row) => row.includes(digit));
}

/** The sound of a key: 100 ms of µ-law, 8 kHz. @throws RangeError when there is no such key */
export function dtmfTone(digit: string): Uint8Array {
  if (!isKey(digit)) throw new RangeError(`'${digit}' is no key of a telephone`);
  const row = ROWS.findIndex((keys) => keys.includes(digit));
  const low = ROW_FREQUENCIES[row] ?? 0;
  const high = COLUMN_FREQUENCIES[ROWS[row]?.indexOf(digit) ?? 0] ?? 0;
  const samples = new Int16Array((TONE_MS * SAMPLE_RATE) / 1000);
  for (let index = 0; index < samples.length; index += 1) {
    const angle = (2 * Math.PI * index) / SAMPLE_RATE;
    samples[index] = Math.round(AMPLITUDE * (Math.sin(angle * low) + Math.sin(angle * high)));
  }
  return encodeMulaw(samples);
}
