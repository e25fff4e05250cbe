import type { Response } from 'express';

/**
 * An error of the REST API: HTTP status, Twilio's code, and words.
 *
 * 20003, 20404, 20429 and 21220 as documented; 20001, 20500, 21201, 21205 and 21213 from general knowledge.
 * @see https://www.twilio.com/docs/api/errors
 */
export interface RestError {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

export const UNAUTHENTICATED: RestError = { status: 401, code: 20003, message: 'Authenticate' };
export const TOO_MANY_REQUESTS: RestError = { status: 429, code: 20429, message: 'Too Many Requests' };
export const SERVER_ERROR: RestError = { status: 500, code: 20500, message: 'Internal Server Error' };
export const CALL_NOT_IN_PROGRESS: RestError = {
  status: 400,
  code: 21220,
  message: 'Call is not in-progress. Cannot redirect.',
};

export function notFound(path: string): RestError {
  return { status: 404, code: 20404, message: `The requested resource ${path} was not found` };
}

export function badRequest(code: number, message: string): RestError {
  return { status: 400, code, message };
}

/** The body that the SDK turns into a `RestException`. */
export function sendError(response: Response, { status, code, message }: RestError): void {
  response.status(status).json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}
