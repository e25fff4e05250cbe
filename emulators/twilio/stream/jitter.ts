import type { PhoneFaults } from '../faults.ts';

/** A network that sometimes holds messages back and then delivers them in one bunch, in order. */
export class JitteryNetwork {
  readonly #jitter: PhoneFaults['jitter'];
  readonly #deliver: (message: string) => void;
  readonly #held: string[] = [];

  constructor(jitter: PhoneFaults['jitter'], deliver: (message: string) => void) {
    this.#jitter = jitter;
    this.#deliver = deliver;
  }

  /** @param streamMs time of the stream: decides whether the network is stuck */
  send(message: string, streamMs: number): void {
    this.#held.push(message);
    if (!this.#isStuck(streamMs)) this.flush();
  }

  /** Delivers everything now, as a socket does before it closes. */
  flush(): void {
    for (const message of this.#held.splice(0)) this.#deliver(message);
  }

  #isStuck(streamMs: number): boolean {
    if (this.#jitter === undefined) return false;
    const { everyMs, holdMs } = this.#jitter;
    return streamMs % everyMs >= everyMs - holdMs;
  }
}
