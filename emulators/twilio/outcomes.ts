/** How a dialled party reacts. @see https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus */
export interface DialOutcome {
  readonly status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  /** How long the two talked (s); 0 unless completed. */
  readonly durationSeconds: number;
}

/** The dialled party answers and they talk for half a minute. */
export const ANSWERED: DialOutcome = { status: 'completed', durationSeconds: 30 };

/** How waiting in a queue ends. @see https://www.twilio.com/docs/voice/twiml/enqueue#queueresult */
export type QueueResult =
  | 'bridged'
  | 'bridging-in-process'
  | 'error'
  | 'hangup'
  | 'leave'
  | 'redirected'
  | 'redirected-from-bridged'
  | 'queue-full'
  | 'system-error';
