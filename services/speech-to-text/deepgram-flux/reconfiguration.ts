import { isDeepStrictEqual } from 'node:util';
import type { Deepgram } from '@deepgram/sdk';
import type { Listening } from './options.ts';

export type Configure = Deepgram.listen.ListenV2Configure;

export interface ReconfigurationOptions {
  /** What the session was opened with. */
  readonly inForce: Listening;
  readonly answerTimeoutMs: number;
  send(configure: Configure): void;
  /** Flux kept its settings, or did not say. The session goes on with what it has. */
  onRefused(reason: string): void;
}

/**
 * Changes how Flux listens, one `Configure` at a time: the server caps those that it has not answered, at a number that
 * nobody publishes. What is wanted meanwhile is merged: only the last wish counts.
 */
export class Reconfiguration {
  readonly #options: ReconfigurationOptions;
  /** Undefined when a `Configure` was never answered: then the next one says everything. */
  #inForce: Listening | undefined;
  #asked: Listening | undefined;
  #wanted: Listening | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ReconfigurationOptions) {
    this.#options = options;
    this.#inForce = options.inForce;
  }

  want(listening: Listening): void {
    this.#wanted = listening;
    this.#next();
  }

  succeeded(): void {
    if (this.#asked) this.#settle(this.#asked);
  }

  /** A failure changes nothing at the server, not even in part. */
  failed(reason: string): void {
    this.#options.onRefused(reason);
    this.#settle(this.#inForce);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #next(): void {
    const wanted = this.#wanted;
    if (this.#asked || !wanted) return;
    this.#wanted = undefined;
    const configure = difference(this.#inForce, wanted);
    if (!configure) return;
    this.#asked = wanted;
    const { answerTimeoutMs, onRefused, send } = this.#options;
    this.#timer = setTimeout(() => {
      onRefused(`no answer to Configure in ${answerTimeoutMs} ms`);
      this.#settle(undefined);
    }, answerTimeoutMs);
    send(configure);
  }

  #settle(inForce: Listening | undefined): void {
    clearTimeout(this.#timer);
    this.#asked = undefined;
    this.#inForce = inForce;
    this.#next();
  }
}

/** @returns what must be said to get from one to the other; undefined when nothing */
function difference(from: Listening | undefined, to: Listening): Configure | undefined {
  const thresholds = {
    ...(to.eotThreshold !== from?.eotThreshold && { eot_threshold: to.eotThreshold }),
    ...(to.eagerEotThreshold !== undefined &&
      to.eagerEotThreshold !== from?.eagerEotThreshold && { eager_eot_threshold: to.eagerEotThreshold }),
    ...(to.eotTimeoutMs !== from?.eotTimeoutMs && { eot_timeout_ms: to.eotTimeoutMs }),
  };
  const changed = {
    ...(Object.keys(thresholds).length > 0 && { thresholds }),
    ...(!isDeepStrictEqual(to.keyterms, from?.keyterms) && { keyterms: [...to.keyterms] }),
  };
  return Object.keys(changed).length === 0 ? undefined : { type: 'Configure', ...changed };
}
