/**
 * Knows how much sound is still waiting at the carrier, between the marks that tell the truth.
 *
 * The carrier plays in real time whatever arrives faster. So its buffer runs empty one frame length after each frame, counted
 * from now or from when it would have run empty anyway. Times are ms of a monotonic clock.
 */
export class PlaybackClock {
  readonly #now: () => number;
  #emptyAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `ms` of sound went to the carrier. */
  sent(ms: number): void {
    this.#emptyAt = Math.max(this.#now(), this.#emptyAt) + ms;
  }

  /** A mark came back: of all sound sent, at most the last `ms` are still to be played. */
  confirmed(ms: number): void {
    this.#emptyAt = this.#now() + ms;
  }

  /** The carrier threw away what it had not played. */
  cleared(): void {
    this.#emptyAt = Number.NEGATIVE_INFINITY;
  }

  /** Sound that is sent and not yet played (ms, 0 when the caller hears silence). */
  leadMs(): number {
    return Math.max(0, this.#emptyAt - this.#now());
  }
}
