import { designPolyphase, type PolyphaseFilter } from './windowed-sinc.ts';

const MAX_RATE = 192_000;

const filters = new Map<string, PolyphaseFilter>();

/**
 * Changes the sample rate of a stream: 8, 16, 24, 22.05, 44.1, 48 kHz and any other rates with a common divisor.
 *
 * A polyphase Kaiser-windowed sinc. Below 7/16 of the lower rate (3,500 Hz for telephone audio) the level is kept; aliases
 * and images lie below -80 dB. The chunks' lengths make no difference to a single bit of the output. Output sample
 * `k` is where the input stood at `k * from / to`: nothing is shifted in time. The last ~46 samples (at the lower rate:
 * 6 ms at 8 kHz) of what was pushed wait for what follows them, or for `flush`.
 *
 * @example
 * const resampler = new Resampler(24_000, 8000);
 * for (const chunk of voice) send(resampler.push(chunk));
 * send(resampler.flush());
 */
export class Resampler {
  readonly #filter: PolyphaseFilter;
  /** Input samples on each side of an output sample that it is made of. */
  readonly #halfWidth: number;
  /** The rates, divided by what they have in common: `#up` output samples last as long as `#down` input samples. */
  readonly #up: number;
  readonly #down: number;
  /** Input that is still needed, as doubles: each is used some hundred times. Only the first `#filled` are live. */
  #input: Float64Array;
  #filled: number;
  /** Where the next output sample lies: behind input `#position`, by `#phase / #up` of an input period. */
  #position: number;
  #phase = 0;

  /**
   * @param from rate of what is pushed, in Hz
   * @param to rate of what comes out, in Hz
   * @throws RangeError when a rate is not an integer of 1 to 192,000 or the two have almost no common divisor
   */
  constructor(from: number, to: number) {
    requireRate('from', from);
    requireRate('to', to);
    const divisor = greatestCommonDivisor(from, to);
    this.#up = to / divisor;
    this.#down = from / divisor;
    this.#filter = filterFor(from, to, this.#up);
    this.#halfWidth = this.#filter.rowLength / 2;
    this.#input = new Float64Array(4 * this.#filter.rowLength);
    this.#position = this.#filled = this.#halfWidth - 1;
  }

  /** @returns all output samples that can be known now; often fewer than the chunk stands for, sometimes none */
  push(samples: Int16Array): Int16Array {
    if (this.#up === this.#down) return samples.slice();
    this.#append(samples);
    const output = this.#resampleBefore(this.#filled - this.#halfWidth);
    this.#dropUsed();
    return output;
  }

  /**
   * Ends the stream: what comes out here makes the total exactly `ceil(pushed * to / from)` samples. The resampler can
   * then be used for another stream.
   */
  flush(): Int16Array {
    const end = this.#filled;
    this.#append(new Int16Array(this.#halfWidth));
    const output = this.#resampleBefore(end);
    this.#input.fill(0);
    this.#phase = 0;
    this.#position = this.#filled = this.#halfWidth - 1;
    return output;
  }

  #append(samples: Int16Array): void {
    const needed = this.#filled + samples.length;
    if (needed > this.#input.length) {
      const larger = new Float64Array(2 * needed);
      larger.set(this.#input.subarray(0, this.#filled));
      this.#input = larger;
    }
    this.#input.set(samples, this.#filled);
    this.#filled = needed;
  }

  /** Makes all output samples that lie before input sample `end`. */
  #resampleBefore(end: number): Int16Array {
    const span = (end - this.#position) * this.#up - this.#phase;
    const output = new Int16Array(Math.max(0, Math.ceil(span / this.#down)));
    const { taps, rowLength } = this.#filter;
    for (let index = 0; index < output.length; index += 1) {
      output[index] = saturate(
        weightedSum(taps, this.#phase * rowLength, this.#input, this.#position - (this.#halfWidth - 1), rowLength),
      );
      this.#phase += this.#down;
      this.#position += Math.floor(this.#phase / this.#up);
      this.#phase %= this.#up;
    }
    return output;
  }

  #dropUsed(): void {
    const used = this.#position - (this.#halfWidth - 1);
    this.#input.copyWithin(0, used, this.#filled);
    this.#filled -= used;
    this.#position -= used;
  }
}

/** Filters depend on the rates only: designed once, shared by all calls. */
function filterFor(from: number, to: number, up: number): PolyphaseFilter {
  const key = `${from}>${to}`;
  const known = filters.get(key);
  if (known !== undefined) return known;
  const filter = designPolyphase(from, to, up);
  filters.set(key, filter);
  return filter;
}

/** Four sums side by side: one would make every addition wait for the one before it. `length` is a multiple of four. */
function weightedSum(taps: Float64Array, row: number, input: Float64Array, first: number, length: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let tap = 0; tap < length; tap += 4) {
    a += (taps[row + tap] as number) * (input[first + tap] as number);
    b += (taps[row + tap + 1] as number) * (input[first + tap + 1] as number);
    c += (taps[row + tap + 2] as number) * (input[first + tap + 2] as number);
    d += (taps[row + tap + 3] as number) * (input[first + tap + 3] as number);
  }
  return a + b + (c + d);
}

function saturate(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.floor(value + 0.5)));
}

function requireRate(name: string, rate: number): void {
  if (!Number.isInteger(rate) || rate < 1 || rate > MAX_RATE) {
    throw new RangeError(`${name} must be a sample rate in Hz, an integer of 1 to ${MAX_RATE}: received ${rate}`);
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
