import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from './logging.ts';

/** A request that is refused. Shown to whoever asked, so it never holds a secret. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  /** What to do about it. */
  readonly hint: string;

  constructor(status: number, message: string, hint: string) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

/** Answers what no route took. */
export const unknownRoute: RequestHandler = ({ method, path }) => {
  throw new HttpError(404, `there is no ${method} ${path}`, 'See README.md for the endpoints.');
};

/** Answers every error as `{ error: { status, message, hint } }`. Details of a bug go to the log only. */
export function errorResponses(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, message, hint } = asHttpError(error);
    if (status >= 500) logger.error('a request failed', { method: request.method, path: request.path, error });
    else logger.warn('a request was refused', { method: request.method, path: request.path, status, message });
    response.status(status).json({ error: { status, message, hint } });
  };
}

/** Body parsers throw errors with a `status` and a `type`; anything else is a bug. */
function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413)
    return new HttpError(413, 'the body is too large', 'A webhook may be 32 kB long, a command 8 kB.');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new HttpError(
      status,
      'the request cannot be read',
      'Send application/x-www-form-urlencoded to /twilio, as Twilio does, and application/json to /api.',
    );
  return new HttpError(500, 'the server failed', 'The server’s log says why.');
}
