import { CallFailure } from './call-failure.ts';
import type { Timeline } from './timeline.ts';
import type { FormParameters, HttpMethod, Webhooks } from './webhooks.ts';

/** Callbacks that nobody waits for: one after the other, in order; a failure is a warning and the call goes on. */
export class Deliveries {
  readonly #webhooks: Webhooks;
  readonly #timeline: Timeline;
  #last: Promise<void> = Promise.resolve();

  constructor(webhooks: Webhooks, timeline: Timeline) {
    this.#webhooks = webhooks;
    this.#timeline = timeline;
  }

  send(url: string, method: HttpMethod, parameters: FormParameters): void {
    this.#last = this.#last.then(() => this.#deliver(url, method, parameters));
  }

  /** Resolves when everything sent so far has been answered or given up. */
  settled(): Promise<void> {
    return this.#last;
  }

  async #deliver(url: string, method: HttpMethod, parameters: FormParameters): Promise<void> {
    try {
      await this.#webhooks.request(url, method, parameters);
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      this.#timeline.warn(error.code, error.message);
    }
  }
}
