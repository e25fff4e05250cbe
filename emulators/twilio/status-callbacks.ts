import type { CallStatus } from './call-events.ts';
import { type CallIdentity, standardParameters } from './call-identity.ts';
import type { Clock } from './clock.ts';
import type { Deliveries } from './deliveries.ts';
import { rfc2822 } from './rfc2822.ts';
import type { FormParameters } from './webhooks.ts';

/** What a number's owner can ask to be told. @see https://www.twilio.com/docs/voice/twiml#callstatus-values */
export type StatusCallbackEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

export interface StatusCallbackOptions {
  readonly url: string;
  /** Default: `completed` only. */
  readonly events?: readonly StatusCallbackEvent[];
}

/** Tells the server how the call goes on, numbered from 0. */
export class StatusCallbacks {
  readonly #options: StatusCallbackOptions | undefined;
  readonly #identity: CallIdentity;
  readonly #deliveries: Deliveries;
  readonly #clock: Clock;
  readonly #reversed: boolean;
  readonly #held: FormParameters[] = [];
  #sequence = 0;
  #answeredAt: number | undefined;

  /** @param reversed holds all back until the call is over, and then delivers the newest first */
  constructor(
    options: StatusCallbackOptions | undefined,
    identity: CallIdentity,
    deliveries: Deliveries,
    clock: Clock,
    reversed: boolean,
  ) {
    this.#options = options;
    this.#identity = identity;
    this.#deliveries = deliveries;
    this.#clock = clock;
    this.#reversed = reversed;
  }

  report(status: CallStatus): void {
    const event = eventOf(status);
    if (event === 'answered') this.#answeredAt = this.#clock.now();
    const { url, events = ['completed'] } = this.#options ?? {};
    if (url === undefined) return;
    if (events.includes(event)) this.#held.push(this.#parameters(status, event));
    if (this.#reversed && event !== 'completed') return;
    if (this.#reversed) this.#held.reverse();
    for (const parameters of this.#held.splice(0)) this.#deliveries.send(url, 'POST', parameters);
  }

  #parameters(status: CallStatus, event: StatusCallbackEvent): FormParameters {
    const sequence = this.#sequence;
    this.#sequence += 1;
    return {
      ...standardParameters(this.#identity, status),
      ...(event === 'completed' ? this.#durations() : {}),
      Timestamp: rfc2822(new Date()),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence),
    };
  }

  /** `CallDuration` in seconds, `Duration` in minutes begun. */
  #durations(): FormParameters {
    const seconds = this.#answeredAt === undefined ? 0 : (this.#clock.now() - this.#answeredAt) / 1000;
    return { CallDuration: String(Math.round(seconds)), Duration: String(Math.ceil(seconds / 60)) };
  }
}

function eventOf(status: CallStatus): StatusCallbackEvent {
  if (status === 'queued' || status === 'initiated') return 'initiated';
  if (status === 'ringing') return 'ringing';
  if (status === 'in-progress') return 'answered';
  return 'completed';
}
