import { BYTES_PER_MS } from '../../codecs/framing.ts';
import type { CallerAudio } from '../../machines/call/ports.ts';

/** Enough for three tries to reconnect a recogniser. */
const KEPT_MS = 5000;

/**
 * The caller's audio on its way to whoever listens: the {@link CallerAudio} of the call chart.
 *
 * While nobody listens it keeps the latest five seconds (40 kB) and hands them over, in order, to the next listener. There
 * is one listener at a time; a new one takes the place of the old.
 */
export class KeptCallerAudio implements CallerAudio {
  readonly #ring: Uint8Array;
  /** Where the next byte goes, and how many of the bytes before it are kept. */
  #at = 0;
  #kept = 0;
  #sink: ((audio: Uint8Array) => void) | undefined;

  /** @param keptMs how much is kept while nobody listens */
  constructor(keptMs = KEPT_MS) {
    this.#ring = new Uint8Array(keptMs * BYTES_PER_MS);
  }

  /** Takes the next audio (µ-law, any length) and gives its memory away: it must not be written again. */
  write(audio: Uint8Array): void {
    if (this.#sink) this.#sink(audio);
    else this.#keep(audio);
  }

  attach(sink: (audio: Uint8Array) => void): () => void {
    const kept = this.#takeKept();
    this.#sink = sink;
    if (kept.length > 0) sink(kept);
    return () => {
      if (this.#sink === sink) this.#sink = undefined;
    };
  }

  #keep(audio: Uint8Array): void {
    const size = this.#ring.length;
    const latest = audio.length > size ? audio.subarray(audio.length - size) : audio;
    const tail = Math.min(latest.length, size - this.#at);
    this.#ring.set(latest.subarray(0, tail), this.#at);
    this.#ring.set(latest.subarray(tail), 0);
    this.#at = (this.#at + latest.length) % size;
    this.#kept = Math.min(size, this.#kept + latest.length);
  }

  #takeKept(): Uint8Array {
    const kept = new Uint8Array(this.#kept);
    const start = (this.#at - this.#kept + this.#ring.length) % this.#ring.length;
    const tail = Math.min(this.#kept, this.#ring.length - start);
    kept.set(this.#ring.subarray(start, start + tail));
    kept.set(this.#ring.subarray(0, this.#kept - tail), tail);
    this.#kept = 0;
    return kept;
  }
}
