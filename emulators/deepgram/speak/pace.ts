/** How quickly, and in what pieces, the emulator speaks. Everything random comes from the seed. */
export interface Pace {
  /** From `Flush` to the first audio (ms), uniformly distributed between the two. Default 0 and 0. */
  readonly firstByteMs?: readonly [least: number, most: number];
  /** Seconds of audio per second. Default 50. */
  readonly speed?: number;
  /** Sizes of binary frames, uniformly distributed between the two. Default 301 to 1,601: odd ones, too. */
  readonly frameBytes?: readonly [least: number, most: number];
  /** Default 1. */
  readonly seed?: number;
}

/** Draws from a pace; the same seed gives the same draws (xorshift32, Marsaglia 2003). */
export class PaceDraws {
  readonly #firstByteMs: readonly [number, number];
  readonly #frameBytes: readonly [number, number];
  readonly speed: number;
  #state: number;

  constructor({ firstByteMs = [0, 0], speed = 50, frameBytes = [301, 1601], seed = 1 }: Pace) {
    this.#firstByteMs = firstByteMs;
    this.#frameBytes = frameBytes;
    this.speed = speed;
    this.#state = seed | 0 || 1;
  }

  firstByteMs(): number {
    return this.#between(this.#firstByteMs);
  }

  frameBytes(): number {
    return Math.round(this.#between(this.#frameBytes));
  }

  #between([least, most]: readonly [number, number]): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return least + ((this.#state >>> 0) / 0xffff_ffff) * (most - least);
  }
}
