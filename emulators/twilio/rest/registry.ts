import type { CallStatus } from '../call-events.ts';
import type { HttpMethod } from '../webhooks.ts';

/** A change that a server makes to a call over REST. */
export type CallChange =
  | { readonly kind: 'twiml'; readonly twiml: string }
  | { readonly kind: 'url'; readonly url: string; readonly method: HttpMethod }
  | { readonly kind: 'status'; readonly status: 'completed' | 'canceled' };

/** What REST says about a call. */
export interface CallFacts {
  readonly callSid: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly status: CallStatus;
  readonly answeredBy?: string | undefined;
  readonly createdAt: Date;
  readonly answeredAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
}

/** A call that REST can look at and change. */
export interface ControllableCall {
  readonly facts: CallFacts;
  /** Acts at once; the consequences show on the call. */
  update(change: CallChange): void;
}

/** The calls of one account, ended ones included, as Twilio keeps them. */
export class CallRegistry {
  readonly #calls = new Map<string, ControllableCall>();

  add(call: ControllableCall): void {
    this.#calls.set(call.facts.callSid, call);
  }

  find(callSid: string): ControllableCall | undefined {
    return this.#calls.get(callSid);
  }
}
