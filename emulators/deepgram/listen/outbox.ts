import { type Clock, monotonicClock } from '../../twilio/clock.ts';

/** How long a message of the server is on its way (ms): always the same, or asked for each. */
export type Latency = number | (() => number);

/** What a server does to its client, in order, each act delayed. A late act holds up those behind it, as on a real line. */
export class Outbox {
  readonly #latency: Latency;
  readonly #clock: Clock;
  readonly #acts: { readonly dueAt: number; readonly act: () => void }[] = [];
  #timer: unknown;

  constructor(latency: Latency, clock: Clock = monotonicClock) {
    this.#latency = latency;
    this.#clock = clock;
  }

  /** Without latency and with nothing waiting, acts at once. */
  push(act: () => void): void {
    const delay = typeof this.#latency === 'number' ? this.#latency : this.#latency();
    if (delay <= 0 && this.#acts.length === 0) {
      act();
      return;
    }
    this.#acts.push({ dueAt: Math.max(this.#clock.now() + delay, this.#acts.at(-1)?.dueAt ?? 0), act });
    if (this.#acts.length === 1) this.#wait();
  }

  /** Forgets everything that waits. */
  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#acts.length = 0;
  }

  #wait(): void {
    const [head] = this.#acts;
    if (head) this.#timer = this.#clock.setTimeout(() => this.#act(), Math.max(0, head.dueAt - this.#clock.now()));
  }

  #act(): void {
    this.#acts[0]?.act();
    this.#acts.shift();
    this.#wait();
  }
}
