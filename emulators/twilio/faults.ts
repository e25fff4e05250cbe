/** What can be made to go wrong on the phone's side. Each is something that integrators have met on real calls. */
export interface PhoneFaults {
  /** The network holds messages back: the last `holdMs` of every `everyMs` of stream time arrive in one bunch. */
  readonly jitter?: { readonly everyMs: number; readonly holdMs: number };
  /** `connected` is sent, `start` never. No audio either: there is no stream yet. */
  readonly noStart?: boolean;
  /** `start` is sent twice, with the next sequence number. */
  readonly duplicateStart?: boolean;
  /** Bytes in each media message; their cadence follows (8 bytes are 1 ms). Default 160. */
  readonly frameBytes?: number;
  /** On hang-up the socket dies without `stop` and without a close frame. */
  readonly stopMissing?: boolean;
  /** Where the signature is wrong. */
  readonly badSignature?: 'webhook' | 'upgrade' | 'everywhere';
  /** The first voice webhook is posted twice; the second answer is obeyed, as if the first had been lost on its way. */
  readonly duplicateWebhook?: boolean;
  /** Call status callbacks are held until the end of the call and delivered newest first. */
  readonly statusCallbacksReversed?: boolean;
  /** The stream's address cannot be reached: 31901 without a request. */
  readonly handshakeFailure?: boolean;
}
