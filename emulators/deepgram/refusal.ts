import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';

/**
 * An answer of Deepgram other than success: HTTP status, its code, and words.
 *
 * Statuses and codes as the API reference lists them (developers.deepgram.com/docs/errors).
 */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const UNAUTHORISED: Refusal = { status: 401, code: 'INVALID_AUTH', message: 'Invalid credentials.' };
export const TOO_MANY_REQUESTS: Refusal = {
  status: 429,
  code: 'TOO_MANY_REQUESTS',
  message: 'Too many requests. Please try again later',
};
export const SERVER_ERROR: Refusal = { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error.' };
export const NOT_FOUND: Refusal = { status: 404, code: 'NOT_FOUND', message: 'The requested resource was not found.' };

/** A parameter that is unknown, or has a value that is not supported. */
export function invalidParameter(message: string): Refusal {
  return { status: 400, code: 'INVALID_QUERY_PARAMETER', message };
}

/** How a refusal looks over HTTP, also when it refuses an upgrade: a JSON body, and its code again in `dg-error`. */
export function httpAnswer({ status, code, message }: Refusal): {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const requestId = randomUUID();
  const body = JSON.stringify({ err_code: code, err_msg: message, request_id: requestId });
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'dg-error': code,
      'dg-request-id': requestId,
    },
    body,
  };
}
