import type { Twilio } from 'twilio';
import { ServiceError } from '../../errors.ts';
import { restError } from './rest-error.ts';

export interface OutboundCall {
  /** Whom to call, E.164. */
  readonly to: string;
  /** A number of the account, E.164. */
  readonly from: string;
  /** Absolute URL that Twilio asks what to do once the call is answered. */
  readonly url: string;
  /** Absolute URL that is told when the call is over. */
  readonly statusCallback: string;
}

/** Node's codes of a request that never left: nobody was called. */
const NEVER_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * Calls somebody. Resolves when Twilio has taken the order, long before anybody answers.
 *
 * Twilio knows no idempotency key, so an order without an answer may have been carried out: its failure is never
 * retryable. (A 429 is: the SDK has repeated it by itself.)
 *
 * @returns the call's SID, `CA…`
 * @throws ServiceError
 */
export async function createCall(
  client: Pick<Twilio, 'calls'>,
  { to, from, url, statusCallback }: OutboundCall,
): Promise<string> {
  try {
    const { sid } = await client.calls.create({
      to,
      from,
      url,
      method: 'POST',
      statusCallback,
      statusCallbackMethod: 'POST',
    });
    return sid;
  } catch (error) {
    const failure = restError(error);
    const { code: word } = error as { code?: unknown };
    const surelyNot = failure.code === 'rate-limit' || (typeof word === 'string' && NEVER_SENT.has(word));
    if (!failure.retryable || surelyNot) throw failure;
    throw new ServiceError(`${failure.message}; the call may have been made all the same: look before trying again`, {
      code: failure.code,
      retryable: false,
      vendor: 'twilio',
      cause: error,
    });
  }
}
