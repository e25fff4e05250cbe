import { BYTES_PER_MS, FRAME_MS } from '../../../codecs/framing.ts';
import type { PlayoutWire } from '../../../services/telephony/carrier-line.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { Timeline } from './timeline.ts';

interface SentFrame {
  readonly frame: Uint8Array;
  /** When it begins to sound. */
  readonly startsAt: number;
}

interface SentMark {
  readonly name: string;
  readonly timer: number;
}

/**
 * The carrier of one call in virtual time: plays frames one after the other as they come, returns a mark when all sound
 * before it was really played, and on `clear` throws away what waits and returns the marks at once. Its line has no delay.
 */
export class CarrierOnClock implements PlayoutWire {
  readonly #clock: VirtualClock;
  readonly #timeline: Timeline;
  readonly #onMark: (name: string) => void;
  #frames: SentFrame[] = [];
  #marks: SentMark[] = [];
  #emptyAt = 0;
  /** Fires when the sound under way has ended; undefined in silence. */
  #ending: number | undefined;

  constructor(clock: VirtualClock, timeline: Timeline, onMark: (name: string) => void) {
    this.#clock = clock;
    this.#timeline = timeline;
    this.#onMark = onMark;
  }

  media = (frame: Uint8Array): void => {
    const startsAt = Math.max(this.#clock.now, this.#emptyAt);
    this.#frames.push({ frame, startsAt });
    this.#emptyAt = startsAt + FRAME_MS;
    if (this.#ending !== undefined) return;
    this.#timeline.note('sound');
    this.#ending = this.#clock.setTimeout(this.#ends, FRAME_MS);
  };

  mark = (name: string): void => {
    const timer = this.#clock.setTimeout(() => this.#return(name), this.#emptyAt - this.#clock.now);
    this.#marks.push({ name, timer });
  };

  clear = (): void => {
    this.#timeline.note('clear');
    const { now } = this.#clock;
    this.#frames = this.#frames
      .filter(({ startsAt }) => startsAt < now)
      .map(({ frame, startsAt }) => ({ frame: frame.subarray(0, (now - startsAt) * BYTES_PER_MS), startsAt }));
    this.#emptyAt = now;
    if (this.#ending !== undefined) this.#clock.clearTimeout(this.#ending);
    this.#ending = undefined;
    const marks = this.#marks.splice(0);
    for (const { timer } of marks) this.#clock.clearTimeout(timer);
    this.#clock.setTimeout(() => {
      for (const { name } of marks) this.#onMark(name);
    }, 0);
  };

  /** What the caller heard, pauses left out, since this moment (ms of the clock). */
  playedSince(ms: number): Uint8Array {
    const begun = this.#frames.filter(({ startsAt }) => startsAt >= ms && startsAt < this.#clock.now);
    return Buffer.concat(begun.map(({ frame }) => frame));
  }

  #return(name: string): void {
    this.#marks = this.#marks.filter((mark) => mark.name !== name);
    this.#onMark(name);
  }

  readonly #ends = (): void => {
    const left = this.#emptyAt - this.#clock.now;
    this.#ending = left > 0 ? this.#clock.setTimeout(this.#ends, left) : undefined;
    if (this.#ending === undefined) this.#timeline.note('silence');
  };
}
