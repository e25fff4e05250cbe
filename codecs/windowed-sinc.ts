/** How far images and aliases are pushed down, in dB. 16-bit rounding lies at -98 dB below a full-scale tone. */
const ATTENUATION_DB = 90;

/**
 * Where the pass band ends and the stop band begins, as shares of the lower rate. The stop band begins exactly at the
 * lower rate's Nyquist frequency, so nothing folds back into the band: for 8,000 Hz, 3,500 Hz pass and 4,000 Hz do not.
 */
const PASS_EDGE = 7 / 16;
const STOP_EDGE = 1 / 2;

/** Kaiser's window shape for an attenuation above 50 dB (Oppenheim and Schafer, "Discrete-Time Signal Processing" §7.5). */
const KAISER_BETA = 0.1102 * (ATTENUATION_DB - 8.7);

/** The same source: length × transition width, in cycles, that the attenuation costs. */
const KAISER_CYCLES = (ATTENUATION_DB - 7.95) / 14.36;

/** 8 MB. Two rates that need more have almost no common divisor, or lie worlds apart. */
const MAX_TAPS = 1_000_000;

/**
 * A low-pass filter, cut into one short filter for each position that an output sample can have between two input samples.
 *
 *   phase p of P:  row p = taps[p * rowLength … (p + 1) * rowLength - 1]
 *   its output lies p/P of an input period behind input sample `halfWidth - 1` of the row's `rowLength` = 2 * halfWidth
 */
export interface PolyphaseFilter {
  readonly taps: Float64Array;
  /** Input samples that one output sample is made of; a multiple of four. */
  readonly rowLength: number;
}

/**
 * Designs the Kaiser-windowed sinc for a change of rate.
 *
 * @param from input rate in Hz
 * @param to output rate in Hz
 * @param phases how many positions an output sample can have: `to / gcd(from, to)`
 * @throws RangeError when the filter would be larger than 8 MB
 */
export function designPolyphase(from: number, to: number, phases: number): PolyphaseFilter {
  const lower = Math.min(from, to);
  const transition = (STOP_EDGE - PASS_EDGE) * lower;
  const halfWidth = 2 * Math.ceil((KAISER_CYCLES * from) / transition / 4);
  const rowLength = 2 * halfWidth;
  if (phases * rowLength > MAX_TAPS) {
    throw new RangeError(
      `cannot resample ${from} Hz to ${to} Hz: expected rates closer together or with a common divisor`,
    );
  }
  /** In cycles per input sample. */
  const cutoff = (((PASS_EDGE + STOP_EDGE) / 2) * lower) / from;
  const taps = new Float64Array(phases * rowLength);
  for (let phase = 0; phase < phases; phase += 1) {
    const row = taps.subarray(phase * rowLength, (phase + 1) * rowLength);
    let sum = 0;
    for (let tap = 0; tap < rowLength; tap += 1) {
      const distance = tap - (halfWidth - 1) - phase / phases;
      row[tap] = sinc(2 * cutoff * distance) * kaiser(distance / halfWidth);
      sum += row[tap] as number;
    }
    for (let tap = 0; tap < rowLength; tap += 1) row[tap] = (row[tap] as number) / sum;
  }
  return { taps, rowLength };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window over -1…1; 0 outside. */
function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA);
}

/** The modified Bessel function of order zero, by its power series, to the precision of a double. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * Number.EPSILON; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
