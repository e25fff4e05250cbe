import type { Clock } from '../clock.ts';

/**
 * A beat that never drifts: tick n (from 1) is due at start + n · interval, whatever the timers did before.
 *
 * Ticks that are late are caught up at once, in order. Timers that fire early are waited for again.
 */
export class Cadence {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #tick: (n: number) => void;
  #timer: unknown;
  #running = false;

  constructor(clock: Clock, intervalMs: number, tick: (n: number) => void) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#tick = tick;
  }

  /** Called once. @param startedAt clock time (ms) from which the beats are counted */
  start(startedAt: number): void {
    this.#running = true;
    this.#wait(startedAt, 1);
  }

  stop(): void {
    this.#running = false;
    this.#clock.clearTimeout(this.#timer);
  }

  #wait(startedAt: number, first: number): void {
    const due = startedAt + first * this.#intervalMs;
    const wake = (): void => {
      let n = first;
      while (this.#running && this.#clock.now() >= startedAt + n * this.#intervalMs) this.#tick(n++);
      if (this.#running) this.#wait(startedAt, n);
    };
    this.#timer = this.#clock.setTimeout(wake, Math.max(0, Math.ceil(due - this.#clock.now())));
  }
}
