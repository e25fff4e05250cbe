import type { Twilio } from 'twilio';
import { ServiceError } from '../../errors.ts';
import { restError } from './rest-error.ts';

export interface NumberWebhooks {
  /** A number of the account, E.164. */
  readonly phoneNumber: string;
  /** Absolute URL that Twilio asks (POST) when somebody calls the number. */
  readonly voiceUrl: string;
  /** Absolute URL that is told (POST) when such a call is over. */
  readonly statusCallback: string;
}

/**
 * Lets a number's calls come to a server: reads its webhooks, compares, and writes only when they differ.
 *
 * @returns whether anything had to be written
 * @throws ServiceError; `bad-request` when the account has no such number
 */
export async function pointNumber(
  client: Pick<Twilio, 'incomingPhoneNumbers'>,
  { phoneNumber, voiceUrl, statusCallback }: NumberWebhooks,
): Promise<'changed' | 'unchanged'> {
  const wanted = { voiceUrl, voiceMethod: 'POST', statusCallback, statusCallbackMethod: 'POST' } as const;
  try {
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
    if (number === undefined)
      throw new ServiceError('the account has no such number: check TWILIO_PHONE_NUMBER', {
        code: 'bad-request',
        vendor: 'twilio',
      });
    const names = Object.keys(wanted) as (keyof typeof wanted)[];
    if (names.every((name) => number[name] === wanted[name])) return 'unchanged';
    await client.incomingPhoneNumbers(number.sid).update(wanted);
    return 'changed';
  } catch (error) {
    throw ServiceError.is(error) ? error : restError(error);
  }
}
