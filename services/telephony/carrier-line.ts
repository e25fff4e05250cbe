import { FRAME_MS } from '../../codecs/framing.ts';
import { PlaybackClock } from './playback-clock.ts';

/** What a carrier understands. Every method is synchronous and never throws, also when the line is gone. */
export interface PlayoutWire {
  /** One frame: 20 ms, 160 bytes of µ-law. */
  media(frame: Uint8Array): void;
  /** Comes back through {@link CarrierLine.markReturned} once all sound before it was played, or was cleared. */
  mark(name: string): void;
  /** Throws away all sound that was not yet played. */
  clear(): void;
}

/** A mark under way. `sentMs` is all sound sent on this line before it. */
interface Mark {
  readonly name: string;
  readonly sentMs: number;
  readonly onPlayed: () => void;
  /** A `clear` was sent behind it: its return says nothing about what was heard. */
  cleared: boolean;
}

/** What was sent to one carrier, what of it still waits to be played there, and the marks that have not come back. */
export class CarrierLine {
  readonly #wire: PlayoutWire;
  readonly #clock: PlaybackClock;
  #marks: Mark[] = [];
  /** All sound ever sent, and how much of it is known to be played or thrown away (ms). */
  #sentMs = 0;
  #settledMs = 0;

  /** @param now monotonic clock (ms) */
  constructor(wire: PlayoutWire, now: () => number) {
    this.#wire = wire;
    this.#clock = new PlaybackClock(now);
  }

  /** Sound that was sent and is not played yet (ms), as the playback clock knows it. */
  get leadMs(): number {
    return this.#clock.leadMs();
  }

  /** Sends one frame. */
  media(frame: Uint8Array): void {
    this.#wire.media(frame);
    this.#clock.sent(FRAME_MS);
    this.#sentMs += FRAME_MS;
  }

  /** Sends a mark. `onPlayed` is called once all sound before it was played, and never when that sound was cleared. */
  mark(name: string, onPlayed: () => void): void {
    this.#marks.push({ name, sentMs: this.#sentMs, onPlayed, cleared: false });
    this.#wire.mark(name);
  }

  /** Throws away what the carrier has not played. Sends nothing when all sound is known to be played or thrown away. */
  clear(): void {
    if (this.#sentMs === this.#settledMs) return;
    this.#wire.clear();
    this.#settledMs = this.#sentMs;
    this.#clock.cleared();
    for (const mark of this.#marks) mark.cleared = true;
  }

  /**
   * A mark came back from the carrier. Marks come back in order, so a mark that was skipped counts as returned.
   *
   * @returns false for a name that is not under way
   */
  markReturned(name: string): boolean {
    const at = this.#marks.findIndex((mark) => mark.name === name);
    for (const mark of this.#marks.splice(0, at + 1)) if (!mark.cleared) this.#settle(mark);
    return at >= 0;
  }

  /** The line is gone: no mark will come back. */
  close(): void {
    this.#marks = [];
  }

  #settle({ sentMs, onPlayed }: Mark): void {
    this.#settledMs = Math.max(this.#settledMs, sentMs);
    this.#clock.confirmed(this.#sentMs - sentMs);
    onPlayed();
  }
}
