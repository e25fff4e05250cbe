interface Timer {
  readonly id: number;
  readonly dueAt: number;
  readonly fire: () => void;
}

/**
 * A clock that moves only when told to: `createActor(machine, { clock: new VirtualClock() })`.
 *
 * Timers fire one by one, each at its own due time, so a timer that arms the next one chains exactly. (XState's
 * `SimulatedClock` jumps to the end first: two chained delays of 100 ms inside `increment(250)` end at 350 ms.)
 * Timers due at the same moment fire in the order in which they were set.
 */
export class VirtualClock {
  #now = 0;
  #lastId = 0;
  readonly #timers = new Map<number, Timer>();

  /** Milliseconds since the clock was made. */
  get now(): number {
    return this.#now;
  }

  /** How many timers are armed. */
  get pending(): number {
    return this.#timers.size;
  }

  /** In how many milliseconds each armed timer fires, soonest first. */
  get remaining(): readonly number[] {
    return this.#inOrder().map(({ dueAt }) => dueAt - this.#now);
  }

  readonly setTimeout = (fire: () => void, delayMs: number): number => {
    const id = ++this.#lastId;
    this.#timers.set(id, { id, dueAt: this.#now + Math.max(0, delayMs), fire });
    return id;
  };

  readonly clearTimeout = (id: number): void => {
    this.#timers.delete(id);
  };

  /**
   * Jumps to the next armed timer and fires it.
   *
   * @param until timers due later than this (ms on this clock) are left alone
   * @returns whether there was one
   */
  next(until = Number.POSITIVE_INFINITY): boolean {
    const [due] = this.#inOrder();
    if (!due || due.dueAt > until) return false;
    this.#timers.delete(due.id);
    this.#now = due.dueAt;
    due.fire();
    return true;
  }

  /** Lets time pass, firing everything that falls due on the way, also what is armed on the way. */
  advance(ms: number): void {
    const end = this.#now + ms;
    while (this.next(end));
    this.#now = end;
  }

  #inOrder(): Timer[] {
    return [...this.#timers.values()].sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
  }
}
