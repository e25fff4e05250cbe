import type { FailureCode } from '../../../machines/call/events.ts';
import { ServiceError } from '../../errors.ts';

/** Twilio's own error codes of a call that is no more: unknown, or not in progress (twilio.com/docs/api/errors). */
export const CALL_IS_OVER: ReadonlySet<number> = new Set([20404, 21220]);

/** Node's and the HTTP client's codes for an answer that did not come in time. */
const TIMEOUTS: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * Says in our words why a REST request failed.
 *
 * @param error what the SDK rejected with: its `RestException` (`status`, `code`), or the HTTP client's error (`code` is a word)
 */
export function restError(error: unknown): ServiceError {
  const { status, code } = error as { status?: unknown; code?: unknown };
  const fail = (message: string, failure: FailureCode): ServiceError =>
    new ServiceError(message, { code: failure, vendor: 'twilio', cause: error });
  if (typeof code === 'number' && CALL_IS_OVER.has(code))
    return fail(`the call has already ended (${code})`, 'bad-request');
  if (typeof status === 'number') {
    const detail = `HTTP ${status}${typeof code === 'number' ? `, Twilio error ${code}` : ''}`;
    if (status === 401 || status === 403)
      return fail(`Twilio refused the account (${detail}): check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN`, 'auth');
    if (status === 429) return fail(`too many requests (${detail})`, 'rate-limit');
    if (status >= 500) return fail(`Twilio cannot serve requests (${detail})`, 'unavailable');
    if (status >= 400) return fail(`Twilio refused the request (${detail})`, 'bad-request');
    return fail(`unexpected answer (${detail})`, 'protocol');
  }
  if (typeof code === 'string')
    return TIMEOUTS.has(code)
      ? fail(`no answer in time (${code})`, 'timeout')
      : fail(`no connection (${code})`, 'network');
  return fail('unexpected answer', 'protocol');
}
