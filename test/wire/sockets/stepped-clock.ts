import type { Clock } from '../../../emulators/twilio/clock.ts';

interface Sleeper {
  readonly tag: number;
  readonly wake: () => void;
}

/** Longer than a pause between two frames, and shorter than any deadline (ms). */
const PAUSE_MS = 1000;

/** The clock of the voice's emulator: pauses between frames last until they are ended, deadlines never come. */
export class SteppedClock implements Clock {
  /** Who goes to sleep from now on. */
  tag = 0;
  readonly #sleepers = new Map<number, Sleeper>();
  readonly #changed: () => void;
  #last = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  now(): number {
    return 0;
  }

  setTimeout(wake: () => void, delayMs: number): number {
    const id = ++this.#last;
    if (delayMs < PAUSE_MS) this.#sleepers.set(id, { tag: this.tag, wake });
    this.#changed();
    return id;
  }

  clearTimeout(id: unknown): void {
    this.#sleepers.delete(id as number);
    this.#changed();
  }

  /** Whether somebody of this tag sleeps. */
  sleeps(tag: number): boolean {
    return [...this.#sleepers.values()].some((sleeper) => sleeper.tag === tag);
  }

  wake(tag: number): void {
    for (const [id, sleeper] of this.#sleepers)
      if (sleeper.tag === tag) {
        this.#sleepers.delete(id);
        sleeper.wake();
      }
  }
}
