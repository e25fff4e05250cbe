/*
 * Measures of one 20 ms frame (160 samples, 8 kHz) that tell voiced speech from what else a telephone line carries.
 * Measured through µ-law at -45 dBFS and above, 5th to 95th percentile:
 *
 *                    tilt            periodicity     keyShare
 *   speech           0.4 … 0.99      0.5 … 1         0
 *   white noise     -0.1 … 0.1       0.1 … 0.3       0
 *   pink noise       0.6 … 0.8       0.2 … 0.5       0
 *   DTMF             0.5 … 0.7       0.8 … 1         0.98 … 1
 */

/** How alike neighbouring samples are (-1 … 1): high for vowels, none for white noise, negative for an "s". */
export function tilt(frame: Int16Array): number {
  let product = 0;
  let energy = 1;
  for (let index = 1; index < frame.length; index += 1) {
    const sample = frame[index] as number;
    product += sample * (frame[index - 1] as number);
    energy += sample * sample;
  }
  return product / energy;
}

/** Lags of a voice's pitch at 4 kHz: 10 samples are 400 Hz, 66 are 60 Hz. */
const SHORTEST_LAG = 10;
const LONGEST_LAG = 66;

/**
 * How well a stretch repeats itself at a voice's pitch (0 … 1).
 *
 * @param halved 40 ms at 4 kHz, 160 samples
 */
export function periodicity(halved: Float64Array): number {
  let best = 0;
  for (let lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag += 1) {
    let product = 0;
    let here = 1;
    let there = 1;
    for (let index = lag; index < halved.length; index += 1) {
      const a = halved[index] as number;
      const b = halved[index - lag] as number;
      product += a * b;
      here += a * a;
      there += b * b;
    }
    best = Math.max(best, product / Math.sqrt(here * there));
  }
  return best;
}

/** Rows and columns of a telephone's keys (ITU-T Q.23), in Hz; the fourth column is on no telephone. */
const ROWS = [697, 770, 852, 941].map(goertzelCoefficient);
const COLUMNS = [1209, 1336, 1477].map(goertzelCoefficient);
/** Both tones of a key must carry at least this share of the energy (the standard allows 4 to 8 dB of twist). */
const SMALLEST_TONE = 0.04;

/** The share of a frame's energy in the two tones of a telephone key; 0 when one of them is missing. */
export function keyShare(frame: Int16Array): number {
  let energy = 1;
  for (let index = 0; index < frame.length; index += 1) energy += (frame[index] as number) ** 2;
  const row = strongest(frame, ROWS) / energy;
  const column = strongest(frame, COLUMNS) / energy;
  return Math.min(row, column) < SMALLEST_TONE ? 0 : row + column;
}

function strongest(frame: Int16Array, coefficients: readonly number[]): number {
  let best = 0;
  for (const coefficient of coefficients) best = Math.max(best, toneEnergy(frame, coefficient));
  return best;
}

function goertzelCoefficient(hertz: number): number {
  return 2 * Math.cos((2 * Math.PI * hertz) / 8000);
}

/** Goertzel's recursion: the energy at one frequency, in the unit of the frame's own energy. */
function toneEnergy(frame: Int16Array, coefficient: number): number {
  let last = 0;
  let before = 0;
  for (let index = 0; index < frame.length; index += 1) {
    const next = (frame[index] as number) + coefficient * last - before;
    before = last;
    last = next;
  }
  return (2 * (last * last + before * before - coefficient * last * before)) / frame.length;
}
