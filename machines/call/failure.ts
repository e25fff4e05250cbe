import { FAILURE_CODES, type Failure } from './events.ts';

/**
 * Turns whatever a service threw into plain data for an event.
 *
 * An error that is not a service error is a bug: only its class name is kept, since its message may quote a caller.
 */
export function failureOf(error: unknown): Failure {
  const { code, message, retryable, name } = (error ?? {}) as Partial<Failure> & { name?: string };
  if (code !== undefined && FAILURE_CODES.includes(code))
    return { code, message: message ?? '', retryable: retryable ?? false };
  return { code: 'unavailable', message: `unexpected ${name ?? typeof error}`, retryable: false };
}
