import { createTwilioRest, type TwilioRest } from '../../../emulators/twilio/rest/server.ts';
import type { CarrierAnswer } from '../hands.ts';

/** The SDK itself repeats a request so often that was one too many. */
const REPETITIONS = 2;

/** Twilio's REST API in the hands of a walk: it answers when it is told to. */
export class WireCarrier {
  /** Hand-overs that were asked for; what the SDK repeats is the same one. */
  requests = 0;
  /** Who waits for an answer, the latest last. Earlier ones were given up by the call. */
  readonly #waiting: (() => void)[] = [];
  /** Repetitions of the SDK that are still to come. */
  #expected = 0;
  readonly #changed: () => void;
  #rest: TwilioRest | undefined;

  private constructor(changed: () => void) {
    this.#changed = changed;
  }

  static async open(account: { accountSid: string; authToken: string }, changed: () => void): Promise<WireCarrier> {
    const carrier = new WireCarrier(changed);
    carrier.#rest = await createTwilioRest({ ...account, latency: () => carrier.#arrival() });
    return carrier;
  }

  get rest(): TwilioRest {
    if (!this.#rest) throw new Error('the carrier is not open');
    return this.#rest;
  }

  answer(how: CarrierAnswer): void {
    const answer = this.#waiting.pop();
    if (!answer) return;
    if (how === 'failed') this.rest.inject('server error');
    if (how === 'too many') {
      this.#expected = REPETITIONS;
      this.rest.inject('rate limit', 1 + REPETITIONS);
    }
    answer();
  }

  #arrival(): Promise<void> {
    if (this.#expected > 0) {
      this.#expected -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.requests += 1;
      this.#waiting.push(resolve);
      this.#changed();
    });
  }

  /** Nobody is kept waiting any more. */
  release(): void {
    for (const answer of this.#waiting.splice(0)) answer();
  }
}
