import type { VirtualClock } from '../virtual-clock.ts';

/** What happened on a call and when, for people and for literal comparison: `3200 sound`. Times are ms since {@link zero}. */
export class Timeline {
  readonly #clock: VirtualClock;
  #zero = 0;
  #entries: { readonly at: number; readonly what: string; readonly isState: boolean }[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** ms since {@link zero}. */
  get now(): number {
    return this.#clock.now - this.#zero;
  }

  /** Counts from here, and forgets what was. */
  zero(): void {
    this.#zero = this.#clock.now;
    this.#entries = [];
  }

  note(what: string): void {
    this.#entries.push({ at: this.now, what, isState: false });
  }

  /** The call is in another state; told before whatever else happened in the same millisecond. */
  noteState(what: string): void {
    this.#entries.push({ at: this.now, what, isState: true });
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.#entries
      .toSorted((a, b) => a.at - b.at || Number(b.isState) - Number(a.isState))
      .map(({ at, what }) => `${at} ${what}`);
  }

  /** The states alone. */
  get states(): readonly string[] {
    return this.#entries.filter(({ isState }) => isState).map(({ at, what }) => `${at} ${what}`);
  }

  /** Runs it at this moment, ms since {@link zero}. */
  at(ms: number, run: () => void): void {
    this.#clock.setTimeout(run, ms - this.now);
  }

  /** Runs it so many ms from now, unless the signal is aborted before. */
  after(ms: number, signal: AbortSignal, run: () => void): void {
    const timer = this.#clock.setTimeout(run, ms);
    signal.addEventListener('abort', () => this.#clock.clearTimeout(timer), { once: true });
  }
}
