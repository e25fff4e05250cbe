import type { CallStatus } from '../call-events.ts';
import type { CallChange, CallFacts, ControllableCall } from './registry.ts';

/** An outbound call that nobody has picked up yet; it can only be cancelled. */
export class QueuedCall implements ControllableCall {
  readonly #facts: Omit<CallFacts, 'status' | 'endedAt'>;
  #status: CallStatus = 'queued';
  #endedAt: Date | undefined;

  constructor(facts: Omit<CallFacts, 'status' | 'endedAt'>) {
    this.#facts = facts;
  }

  get facts(): CallFacts {
    return { ...this.#facts, status: this.#status, endedAt: this.#endedAt };
  }

  update(change: CallChange): void {
    if (change.kind !== 'status') return;
    this.#status = 'canceled';
    this.#endedAt = new Date();
  }
}
