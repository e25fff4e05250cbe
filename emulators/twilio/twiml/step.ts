import type { CallContext } from '../call-context.ts';
import type { CallStatus, EndReason } from '../call-events.ts';
import type { CallFailure } from '../call-failure.ts';
import type { FormParameters, HttpMethod } from '../webhooks.ts';
import type { TwimlDocument } from './document.ts';

/** What happens after a verb. */
export type Step =
  /** The next verb of the document. */
  | { readonly kind: 'continue' }
  /** This document instead. */
  | { readonly kind: 'document'; readonly document: TwimlDocument }
  /** Whatever document this URL returns. */
  | {
      readonly kind: 'request';
      readonly url: string;
      readonly method: HttpMethod;
      /** In addition to the standard ones. */
      readonly parameters: FormParameters;
    }
  /** No document: the call ends with Twilio's "an application error has occurred". */
  | { readonly kind: 'failed'; readonly failure: CallFailure }
  | { readonly kind: 'end'; readonly reason: EndReason; readonly status: CallStatus };

export const CONTINUE: Step = { kind: 'continue' };

/** Where a verb is carried out. */
export interface Stage {
  readonly call: CallContext;
  /** The URL of the running document; undefined when it came over REST. */
  readonly baseUrl: string | undefined;
  /** Aborted when the call ends or gets another document: the verb must clean up and return, whatever it returns. */
  readonly signal: AbortSignal;
}
