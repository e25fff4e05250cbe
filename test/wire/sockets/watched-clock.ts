import type { CallClock } from '../../../server/call-session.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** The clock for the charts of a server: stands still, and tells whenever a timer is set or cancelled. */
export class WatchedClock implements CallClock {
  /** Moves it. */
  readonly time = new VirtualClock();
  /** How many timers were ever set. */
  timersSet = 0;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  readonly setTimeout = (fire: () => void, delayMs: number): number => {
    this.timersSet += 1;
    this.#changed();
    return this.time.setTimeout(fire, delayMs);
  };

  readonly clearTimeout = (id: number): void => {
    this.#changed();
    this.time.clearTimeout(id);
  };
}
