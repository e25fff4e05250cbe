import type { Response } from 'express';
import { MISSING_KEY, NO_QUOTA, rateLimited, SERVER_ERROR, sendError, wrongKey } from './errors.ts';

/** Instead of an answer: a broken connection, no response at all, or an error status (`bad gateway` as a page of a proxy). */
const REFUSALS = ['disconnect', 'hang', 'unauthorized', 'rate limit', 'quota', 'server error', 'bad gateway'] as const;

/**
 * Within the answer. `slow first token` and `stall` are silence, after the headers and after two pieces; `disconnect
 * mid-stream`, `malformed JSON` and `error in stream` come after two pieces; `no finish` leaves the last chunk out and ends the
 * body; `open end` sends everything and never ends the body.
 */
const SPOILERS = [
  'slow first token',
  'stall',
  'disconnect mid-stream',
  'malformed JSON',
  'error in stream',
  'no finish',
  'open end',
] as const;

export type Refusal = (typeof REFUSALS)[number];
export type Spoiler = (typeof SPOILERS)[number];
/** What the emulator can be made to do to a request. */
export type Fault = Refusal | Spoiler;

export const FAULTS: readonly Fault[] = [...REFUSALS, ...SPOILERS];

export const isRefusal = (fault: Fault): fault is Refusal => REFUSALS.some((refusal) => refusal === fault);

/** Carries out a fault that comes instead of an answer. @param retryAfterSeconds of `rate limit` */
export function refuse(response: Response, fault: Refusal, retryAfterSeconds: number): void {
  switch (fault) {
    case 'disconnect':
      response.socket?.destroy();
      break;
    case 'hang':
      break;
    case 'unauthorized': {
      const key = response.req.get('authorization')?.replace(/^Bearer /, '');
      sendError(response, key === undefined ? MISSING_KEY : wrongKey(key));
      break;
    }
    case 'rate limit':
      sendError(response, rateLimited(retryAfterSeconds));
      break;
    case 'quota':
      sendError(response, NO_QUOTA);
      break;
    case 'server error':
      sendError(response, SERVER_ERROR);
      break;
    case 'bad gateway':
      response.status(503).type('html').send('<html><body>Service Unavailable</body></html>');
      break;
  }
}
