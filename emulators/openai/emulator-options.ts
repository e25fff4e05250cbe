import type { Clock } from '../twilio/clock.ts';
import type { Answer } from './answer.ts';
import type { LatencyProfile } from './latency.ts';

export interface OpenAiEmulatorOptions {
  /** The model: a script, or `answerFrom` another one. */
  readonly answer: Answer;
  /** The one key that is accepted. Default: any. */
  readonly apiKey?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default: no delays but those of the answer. */
  readonly latency?: LatencyProfile;
  /** Of all that is drawn: delays, sizes of pieces, padding. Default 1. */
  readonly seed?: number;
  /** `Retry-After` of the fault `rate limit`. Default 1. */
  readonly retryAfterSeconds?: number;
  /** Of the fault `slow first token` (ms). Default 6000. */
  readonly slowFirstTokenMs?: number;
  /** Default: real time. */
  readonly clock?: Clock;
}
