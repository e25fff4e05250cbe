import { FAILURE_CODES, type Failure, type FailureCode } from '../machines/call/events.ts';

export interface ServiceErrorOptions {
  readonly code: FailureCode;
  /** Whether the same request may succeed when tried again. Default: by code (timeout, network, rate-limit, unavailable). */
  readonly retryable?: boolean;
  /** Who failed, for example `deepgram` or `local`. */
  readonly vendor: string;
  readonly cause?: unknown;
}

const RETRYABLE: ReadonlySet<FailureCode> = new Set(['timeout', 'network', 'rate-limit', 'unavailable']);
const marker = Symbol.for('callchart.service-error');

/**
 * The one error that services throw. The message is for engineers and never holds a secret or a caller's words.
 *
 * @example throw new ServiceError('no answer to the request in 10 s', { code: 'timeout', vendor: 'twilio' });
 */
export class ServiceError extends Error implements Failure {
  readonly code: FailureCode;
  readonly retryable: boolean;
  readonly vendor: string;
  readonly [marker] = true;

  constructor(message: string, { code, retryable = RETRYABLE.has(code), vendor, cause }: ServiceErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.retryable = retryable;
    this.vendor = vendor;
  }

  /** By marker, not by class: two copies of this module recognise each other's errors. */
  static is(value: unknown): value is ServiceError {
    return (
      typeof value === 'object' &&
      value !== null &&
      marker in value &&
      FAILURE_CODES.includes((value as ServiceError).code)
    );
  }
}
