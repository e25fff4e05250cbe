import { FRAME_MS } from '../../../codecs/framing.ts';
import type { PlayoutWire } from '../../../services/telephony/carrier-line.ts';

/** What went over the wire, in order. */
export type Sent =
  | { readonly type: 'media'; readonly byte: number }
  | { readonly type: 'mark'; readonly name: string }
  | { readonly type: 'clear' };

/**
 * The carrier's playback buffer in virtual time: plays a frame in 20 ms, returns a mark when all before it was played, and
 * returns all marks at a `clear`. Marks wait in {@link returns} until the test delivers them.
 */
export class FakeCarrier implements PlayoutWire {
  now = 0;
  readonly sent: Sent[] = [];
  /** All frames that were sent. */
  readonly frames: Uint8Array[] = [];
  /** Frames that sounded. */
  readonly played: Uint8Array[] = [];
  /** Marks on their way back, oldest first, and whether their sound was really played. */
  readonly returns: { name: string; played: boolean }[] = [];
  #queue: ({ frame: Uint8Array; doneAt: number } | { name: string })[] = [];
  #emptyAt = 0;

  media = (frame: Uint8Array): void => {
    this.sent.push({ type: 'media', byte: frame[0] ?? -1 });
    this.frames.push(frame);
    this.#emptyAt = Math.max(this.now, this.#emptyAt) + FRAME_MS;
    this.#queue.push({ frame, doneAt: this.#emptyAt });
  };

  mark = (name: string): void => {
    this.sent.push({ type: 'mark', name });
    this.#queue.push({ name });
    this.advance(0);
  };

  clear = (): void => {
    this.sent.push({ type: 'clear' });
    for (const item of this.#queue) if ('name' in item) this.returns.push({ name: item.name, played: false });
    this.#queue = [];
    this.#emptyAt = this.now;
  };

  advance(ms: number): void {
    this.now += ms;
    for (let item = this.#queue[0]; item; item = this.#queue[0]) {
      if ('doneAt' in item && item.doneAt > this.now) return;
      if ('doneAt' in item) this.played.push(item.frame);
      else this.returns.push({ name: item.name, played: true });
      this.#queue.shift();
    }
  }

  /** Sound that was sent and is not played yet (ms). */
  get leadMs(): number {
    return Math.max(0, this.#emptyAt - this.now);
  }
}

/** Frames' first bytes, marks and clears in short: `5 5 e1.s0 clear`. */
export const inShort = (sent: readonly Sent[]): string =>
  sent.map((item) => (item.type === 'media' ? item.byte : item.type === 'mark' ? item.name : 'clear')).join(' ');
