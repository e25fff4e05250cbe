import type { Response } from 'express';
import { SERVER_ERROR, sendError, TOO_MANY_REQUESTS } from './errors.ts';

/**
 * What the REST API can be made to do instead of its work: 429 with code 20429 (not processed, a retry is safe), 500,
 * 502 with a page that is not JSON, no answer at all, or a connection that breaks.
 */
export type RestFault = 'rate limit' | 'server error' | 'bad gateway' | 'hang' | 'disconnect';

/** The faults of the next requests, in order. */
export class RestFaults {
  readonly #queue: RestFault[] = [];

  add(fault: RestFault, times: number): void {
    for (let count = 0; count < times; count += 1) this.#queue.push(fault);
  }

  /** Takes the next fault, if there is one. @returns whether it has dealt with the request */
  apply(response: Response): boolean {
    const fault = this.#queue.shift();
    switch (fault) {
      case undefined:
        return false;
      case 'rate limit':
        sendError(response, TOO_MANY_REQUESTS);
        break;
      case 'server error':
        sendError(response, SERVER_ERROR);
        break;
      case 'bad gateway':
        response.status(502).type('html').send('<html><body>Bad Gateway</body></html>');
        break;
      case 'hang':
        break;
      case 'disconnect':
        response.socket?.destroy();
        break;
    }
    return true;
  }
}
