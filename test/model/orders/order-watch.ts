import type { OrderLaw } from './laws.ts';
import type { Taken } from './world.ts';

/** A law that was broken, and the first script found that breaks it. */
export interface BrokenOrder {
  readonly law: string;
  readonly script: readonly string[];
}

/** Asks every law after every event, and remembers the first script that breaks each. */
export class OrderWatch {
  readonly #laws: readonly OrderLaw[];
  readonly #broken = new Map<string, BrokenOrder>();
  #events = 0;

  constructor(laws: readonly OrderLaw[]) {
    this.#laws = laws;
  }

  /** How many events were sent. */
  get events(): number {
    return this.#events;
  }

  get broken(): readonly BrokenOrder[] {
    return [...this.#broken.values()];
  }

  /** @param script all that was done up to here */
  check(taken: readonly Taken[], script: () => readonly string[]): void {
    this.#events += taken.length;
    for (const one of taken)
      for (const { law, holds } of this.#laws)
        if (!this.#broken.has(law) && !holds(one)) this.#broken.set(law, { law, script: script() });
  }
}
