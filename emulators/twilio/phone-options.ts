import type { DialTarget } from './call-events.ts';
import type { Clock } from './clock.ts';
import type { PhoneFaults } from './faults.ts';
import type { DialOutcome, QueueResult } from './outcomes.ts';
import type { CallRegistry } from './rest/registry.ts';
import type { StatusCallbackOptions } from './status-callbacks.ts';
import type { HttpMethod } from './webhooks.ts';

/** Turns text into µ-law audio, 8 kHz. */
export type Speak = (text: string) => Promise<Uint8Array>;

/** How a call is placed. */
export interface PhoneOptions {
  /** The number's voice webhook, for example `http://127.0.0.1:3000/twilio/voice`. */
  readonly url: string;
  /** Default POST. */
  readonly method?: HttpMethod;
  /** TwiML that is obeyed instead of asking `url`, as with `calls.create({ twiml })`. Default: none. */
  readonly twiml?: string;
  /** Asked when the webhook, or any later document, fails. Default: none. */
  readonly fallbackUrl?: string;
  /** Default: none. */
  readonly statusCallback?: StatusCallbackOptions;
  /**
   * The origin that the server believes to be at, for example `https://voice.example.com`. Requests are signed for it and
   * TwiML may name it; they are sent to the origin of `url` all the same. Default: the origin of `url`.
   */
  readonly publicOrigin?: string;
  /** Signs webhooks and the stream's upgrade. Default: no signature. */
  readonly authToken?: string;
  /** Default: a fresh one. */
  readonly accountSid?: string;
  readonly callSid?: string;
  /** E.164. Default +14155550123. */
  readonly from?: string;
  /** E.164. Default +14155550100. */
  readonly to?: string;
  /** Default `inbound`. */
  readonly direction?: 'inbound' | 'outbound-api';
  /** The verdict of answering machine detection: in the voice webhook, unless it is asynchronous. Default: none. */
  readonly answeredBy?: string;
  /** Posts the verdict (default `human`) to this URL instead, so long after the answer (ms; default 2400). */
  readonly asyncMachineDetection?: { readonly url: string; readonly afterMs?: number };
  /** Default: the monotonic clock of this process. */
  readonly clock?: Clock;
  /** Makes `<Say>` audible; without it `<Say>` is an event that takes no time. */
  readonly speak?: Speak;
  /** What becomes of a `<Dial>`. Default: answered. */
  readonly dialOutcome?: (targets: readonly DialTarget[]) => DialOutcome;
  /** What becomes of an `<Enqueue>`. Default `bridged`. */
  readonly queueResult?: QueueResult;
  /** A pause longer than this is silence, in the events `agentSilent` and `callerSilent` (ms). Default 300. */
  readonly silenceMs?: number;
  /** Keeps the audio of both sides, 16 kB a second. Default true; load tests turn it off. */
  readonly record?: boolean;
  readonly faults?: PhoneFaults;
  /** Where the REST emulator finds the call. Default: nowhere. */
  readonly registry?: CallRegistry;
  /** Sees every message on the stream's wire. */
  readonly onFrame?: (direction: 'sent' | 'received', message: string) => void;
}
