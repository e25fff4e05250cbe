/** 20 ms at 8 kHz. */
export const FRAME_SAMPLES = 160;

/** The newest frames of a stream in the decoder's format (-1 … 1); allocates nothing after it is made. */
export class FrameRing {
  readonly #samples: Float32Array;
  /** Where the next frame goes, which is where the oldest is. */
  #next = 0;

  /** @param frames how many it keeps; silence before the first */
  constructor(frames: number) {
    this.#samples = new Float32Array(frames * FRAME_SAMPLES);
  }

  push(frame: Int16Array): void {
    for (let index = 0; index < FRAME_SAMPLES; index += 1) {
      this.#samples[this.#next + index] = (frame[index] as number) / 32_768;
    }
    this.#next = (this.#next + FRAME_SAMPLES) % this.#samples.length;
  }

  /** Hands out the newest `frames`, oldest first, as one or two views that are valid until the next push. */
  newest(frames: number, take: (samples: Float32Array) => void): void {
    const wanted = Math.min(frames * FRAME_SAMPLES, this.#samples.length);
    const wrapped = wanted - this.#next;
    if (wrapped > 0) take(this.#samples.subarray(this.#samples.length - wrapped));
    take(this.#samples.subarray(Math.max(0, this.#next - wanted), this.#next));
  }
}
