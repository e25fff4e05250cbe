import { BYTES_PER_MS } from '../../../codecs/framing.ts';

/** 80 ms of µ-law at 8,000 Hz: the length that Deepgram strongly recommends for Flux. */
export const PIECE_BYTES = 80 * BYTES_PER_MS;

/**
 * Gathers µ-law of any length into pieces of exactly {@link PIECE_BYTES}; what is left over waits for the next chunk.
 *
 * Each piece is memory of its own, twelve times a second: the socket keeps it until it is sent, and the chunks that it
 * comes from belong to their writer.
 */
export class PieceCutter {
  readonly #emit: (piece: Uint8Array) => void;
  #piece = new Uint8Array(PIECE_BYTES);
  #filled = 0;

  constructor(emit: (piece: Uint8Array) => void) {
    this.#emit = emit;
  }

  push(mulaw: Uint8Array): void {
    for (let start = 0; start < mulaw.length; ) {
      const end = Math.min(mulaw.length, start + PIECE_BYTES - this.#filled);
      this.#piece.set(start === 0 && end === mulaw.length ? mulaw : mulaw.subarray(start, end), this.#filled);
      this.#filled += end - start;
      start = end;
      if (this.#filled === PIECE_BYTES) this.#release();
    }
  }

  #release(): void {
    const piece = this.#piece;
    this.#piece = new Uint8Array(PIECE_BYTES);
    this.#filled = 0;
    this.#emit(piece);
  }
}
