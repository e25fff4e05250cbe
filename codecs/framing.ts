import { MULAW_SILENCE } from './g711/mulaw.ts';

/** 20 ms of µ-law at 8,000 Hz: what the phone network sends in one packet, and Twilio in one `media` message. */
export const FRAME_BYTES = 160;

/** How long one frame sounds, in ms. */
export const FRAME_MS = 20;

/** Bytes of µ-law that sound for one millisecond (8,000 Hz, one byte a sample). */
export const BYTES_PER_MS = FRAME_BYTES / FRAME_MS;

/**
 * Takes one frame of exactly {@link FRAME_BYTES} bytes.
 *
 * A frame may be kept: the framer never writes to it again. Most frames are views into the pushed chunk, so whoever
 * pushes must not reuse that memory.
 */
export type EmitFrame = (frame: Uint8Array) => void;

/**
 * Cuts a µ-law stream of chunks of any length into 20 ms frames, and carries what is left over into the next chunk.
 *
 * Copies only the one frame that spans two chunks; every other frame is a view.
 *
 * @example
 * const framer = new MulawFramer();
 * framer.push(chunk, (frame) => line.send(frame));
 * framer.flush((frame) => line.send(frame)); // the last, padded with silence
 */
export class MulawFramer {
  #carry = new Uint8Array(FRAME_BYTES);
  #carried = 0;

  /** Bytes that wait for the rest of their frame: 0–159. */
  get pending(): number {
    return this.#carried;
  }

  /** Emits every frame that is now complete, in order, synchronously. */
  push(mulaw: Uint8Array, emit: EmitFrame): void {
    let start = 0;
    if (this.#carried > 0) {
      start = Math.min(FRAME_BYTES - this.#carried, mulaw.length);
      this.#carry.set(start === mulaw.length ? mulaw : mulaw.subarray(0, start), this.#carried);
      this.#carried += start;
      if (this.#carried < FRAME_BYTES) return;
      this.#emitCarry(emit);
    }
    for (; start + FRAME_BYTES <= mulaw.length; start += FRAME_BYTES) emit(mulaw.subarray(start, start + FRAME_BYTES));
    if (start < mulaw.length) {
      this.#carry.set(mulaw.subarray(start), this.#carried);
      this.#carried += mulaw.length - start;
    }
  }

  /** Emits the rest, if any, padded with µ-law silence to a whole frame. The framer can then be used afresh. */
  flush(emit: EmitFrame): void {
    if (this.#carried === 0) return;
    this.#carry.fill(MULAW_SILENCE, this.#carried);
    this.#emitCarry(emit);
  }

  /** Forgets the rest: what was pushed is not wanted any more. */
  discard(): void {
    this.#carried = 0;
  }

  /** The emitted frame belongs to its receiver, so the next carry gets memory of its own. */
  #emitCarry(emit: EmitFrame): void {
    const frame = this.#carry;
    this.#carry = new Uint8Array(FRAME_BYTES);
    this.#carried = 0;
    emit(frame);
  }
}
