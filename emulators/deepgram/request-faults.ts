import { type Refusal, SERVER_ERROR, TOO_MANY_REQUESTS, UNAUTHORISED } from './refusal.ts';

/** What the next requests and handshakes can be met with: an answer of Deepgram, no answer, or a broken connection. */
export type RequestFault = 'unauthorised' | 'rate limit' | 'server error' | 'hang' | 'disconnect';

const REFUSALS: Readonly<Record<Exclude<RequestFault, 'hang' | 'disconnect'>, Refusal>> = {
  unauthorised: UNAUTHORISED,
  'rate limit': TOO_MANY_REQUESTS,
  'server error': SERVER_ERROR,
};

/** The faults of the next requests, in order. */
export class RequestFaults {
  readonly #queue: RequestFault[] = [];

  add(fault: RequestFault, times: number): void {
    for (let count = 0; count < times; count += 1) this.#queue.push(fault);
  }

  /** Takes the next one. @returns an answer to give, or what to do with the connection, or nothing */
  take(): Refusal | 'hang' | 'disconnect' | undefined {
    const fault = this.#queue.shift();
    return fault === undefined || fault === 'hang' || fault === 'disconnect' ? fault : REFUSALS[fault];
  }
}
