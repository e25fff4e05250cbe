import OpenAI from 'openai';
import type { FailureCode } from '../../../machines/call/events.ts';
import { ServiceError } from '../../errors.ts';

/** Whom a request went to, for the words of its failure. */
export interface Addressee {
  /** For example `openai`. */
  readonly vendor: string;
  readonly model: string;
}

/** The failure of an error code that a stream brings after it began with status 200, or that says more than the status. */
const CODE_OF_WORD: Readonly<Record<string, FailureCode>> = {
  insufficient_quota: 'quota',
  billing_hard_limit_reached: 'quota',
  rate_limit_exceeded: 'rate-limit',
  capacity_exceeded: 'unavailable',
  invalid_api_key: 'auth',
  invalid_request_error: 'bad-request',
};

/** A vendor's error code is one word; anything else may quote a key or a caller, and is not repeated. */
const WORD = /^[a-z][a-z0-9_.[\]-]{0,60}$/i;

/**
 * Says in our words why a chat completion failed: what the SDK threw, or what broke below it.
 *
 * The vendor's own sentence is left out, since it may quote the key or the caller. What it was about is kept: status, code,
 * parameter, request id.
 */
export function chatError(error: unknown, { vendor, model }: Addressee): ServiceError {
  if (ServiceError.is(error)) return error;
  const fail = (code: FailureCode, message: string): ServiceError => new ServiceError(message, { code, vendor });
  if (error instanceof OpenAI.APIConnectionTimeoutError) return fail('timeout', `no answer from ${vendor} in time`);
  if (error instanceof OpenAI.APIConnectionError)
    return fail('network', `no connection to ${vendor}${wordOf(error.cause)}`);
  if (error instanceof OpenAI.APIError) {
    const detail = detailOf(error);
    switch (failureCodeOf(error)) {
      case 'auth':
        return fail('auth', `${vendor} refused the key (${detail}): check its API key and what it may use`);
      case 'quota':
        return fail('quota', `the account at ${vendor} has no credit left (${detail})`);
      case 'rate-limit':
        return fail('rate-limit', `too many requests to ${vendor} (${detail})`);
      case 'bad-request':
        return fail('bad-request', `${vendor} refused the request for the model ${model} (${detail})`);
      default:
        return fail('unavailable', `${vendor} cannot answer (${detail})`);
    }
  }
  if (error instanceof SyntaxError) return fail('protocol', `the stream of ${vendor} holds what is no JSON`);
  return fail('network', `the connection to ${vendor} broke${wordOf(error)}`);
}

function failureCodeOf({ status, code, type }: InstanceType<typeof OpenAI.APIError>): FailureCode {
  const said = CODE_OF_WORD[code ?? ''] ?? CODE_OF_WORD[type ?? ''];
  if (status === undefined) return said ?? 'unavailable';
  if (status === 401 || status === 403) return 'auth';
  if (status === 429) return said === 'quota' ? 'quota' : 'rate-limit';
  if (status === 408 || status === 409 || status >= 498) return 'unavailable';
  return 'bad-request';
}

function detailOf({ status, code, type, param, requestID }: InstanceType<typeof OpenAI.APIError>): string {
  const word = [code, type].find((one) => one && WORD.test(one));
  return [
    status === undefined ? 'within the stream' : `HTTP ${status}`,
    word,
    param && WORD.test(param) ? `parameter ${param}` : undefined,
    requestID ? `request ${requestID}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** Node's code of a broken connection, for example ECONNREFUSED, wherever in the chain of causes it is. */
function wordOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return ` (${code})`;
  return cause === undefined ? '' : wordOf(cause);
}
