import type { CallControl } from '../../../machines/call/ports.ts';
import { ServiceError } from '../../../services/errors.ts';
import type { CarrierAnswer } from '../hands.ts';
import { inEarnest } from './in-earnest.ts';

/** A carrier that answers when it is told to. */
export class PaperCarrier implements CallControl {
  /** Hand-overs that were asked for. */
  requests = 0;
  #settle: { accept(): void; reject(error: ServiceError): void } | undefined;

  get isAsked(): boolean {
    return this.#settle !== undefined;
  }

  transfer(_destination: unknown, signal: AbortSignal): Promise<void> {
    inEarnest(signal, () => {
      this.requests += 1;
    });
    return new Promise((accept, reject) => {
      const settle = { accept, reject };
      this.#settle = settle;
      signal.addEventListener('abort', () => {
        if (this.#settle === settle) this.#settle = undefined;
      });
    });
  }

  answer(how: CarrierAnswer): void {
    const settle = this.#settle;
    this.#settle = undefined;
    if (how === 'accepted') settle?.accept();
    else
      settle?.reject(new ServiceError(how, { code: how === 'failed' ? 'unavailable' : 'rate-limit', vendor: 'paper' }));
  }
}
