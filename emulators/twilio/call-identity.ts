import type { CallStatus } from './call-events.ts';
import type { PhoneOptions } from './phone-options.ts';
import { newSid } from './sid.ts';
import type { FormParameters } from './webhooks.ts';

/** What stays the same for the whole call. */
export interface CallIdentity {
  readonly accountSid: string;
  readonly callSid: string;
  /** E.164. */
  readonly from: string;
  readonly to: string;
  readonly direction: 'inbound' | 'outbound-api';
  /** The verdict of synchronous answering machine detection, for outbound calls. */
  readonly answeredBy?: string | undefined;
}

/** Fresh identifiers and the defaults of {@link PhoneOptions}. */
export function identify(options: PhoneOptions): CallIdentity {
  return {
    accountSid: options.accountSid ?? newSid('AC'),
    callSid: options.callSid ?? newSid('CA'),
    from: options.from ?? '+14155550123',
    to: options.to ?? '+14155550100',
    direction: options.direction ?? 'inbound',
    answeredBy: options.asyncMachineDetection === undefined ? options.answeredBy : undefined,
  };
}

/**
 * The parameters that every request of Twilio about a call carries. Real values for places are unknown here, so they are
 * empty but for the country; they are part of the signature all the same.
 *
 * @see https://www.twilio.com/docs/voice/twiml#request-parameters
 */
export function standardParameters(identity: CallIdentity, status: CallStatus): FormParameters {
  const { accountSid, callSid, from, to, direction, answeredBy } = identity;
  return {
    AccountSid: accountSid,
    CallSid: callSid,
    ApiVersion: '2010-04-01',
    CallStatus: status,
    Direction: direction,
    From: from,
    To: to,
    Caller: from,
    Called: to,
    ...place('From'),
    ...place('To'),
    ...place('Caller'),
    ...place('Called'),
    ...(answeredBy === undefined ? {} : { AnsweredBy: answeredBy }),
  };
}

function place(prefix: string): FormParameters {
  return { [`${prefix}City`]: '', [`${prefix}State`]: '', [`${prefix}Zip`]: '', [`${prefix}Country`]: 'US' };
}
