import type { FailureCode } from '../../../machines/call/events.ts';
import { ServiceError } from '../../errors.ts';
import type { ServerReason } from './messages.ts';

/** The longest text of the server that is passed on (characters). */
const LONGEST_QUOTE = 200;

/**
 * A failure of Flux.
 *
 * A broken protocol may be tried again, unlike elsewhere: a fresh session starts from nothing, so what broke is gone.
 */
export const fluxError = (message: string, code: FailureCode, cause?: unknown): ServiceError =>
  new ServiceError(message, {
    code,
    vendor: 'deepgram',
    ...(code === 'protocol' && { retryable: true }),
    ...(cause !== undefined && { cause }),
  });

/**
 * Says in our words why the socket broke.
 *
 * @param message the SDK's only evidence: the `ws` library's text, in which a refused handshake's status is hidden
 * (body and `dg-error` header cannot be reached), or `TIMEOUT`
 */
export function socketError(message: string): ServiceError {
  const status = Number(/^Unexpected server response: (\d{3})$/.exec(message)?.[1]);
  if (!Number.isNaN(status)) return refusal(status);
  if (message === 'TIMEOUT' || /ETIMEDOUT|timed out/i.test(message))
    return fluxError('no answer to the handshake in time', 'timeout');
  if (/^(Invalid WebSocket frame|Invalid UTF-8|Max payload|RSV)/i.test(message))
    return fluxError('the server broke the WebSocket protocol', 'protocol');
  const cause = /\bE[A-Z]{4,}\b/.exec(message)?.[0];
  return fluxError(`no connection${cause ? ` (${cause})` : ''}`, 'network');
}

function refusal(status: number): ServiceError {
  const detail = `HTTP ${status}`;
  if (status === 401) return fluxError(`Deepgram refused the key (${detail}): check DEEPGRAM_API_KEY`, 'auth');
  if (status === 403) return fluxError(`Deepgram refused the key or the model for its project (${detail})`, 'auth');
  if (status === 402) return fluxError(`the Deepgram account has no credit left (${detail})`, 'quota');
  if (status === 408) return fluxError(`Deepgram gave up waiting (${detail})`, 'timeout');
  if (status === 429) return fluxError(`too many sessions at the same time (${detail})`, 'rate-limit');
  if (status >= 500) return fluxError(`Deepgram cannot take sessions (${detail})`, 'unavailable');
  if (status >= 400) return fluxError(`Deepgram refused the parameters (${detail})`, 'bad-request');
  return fluxError(`unexpected answer to the handshake (${detail})`, 'protocol');
}

/** WebSocket close codes (RFC 6455 §7.4.1) that blame the protocol: error, unsupported data, invalid text, too big. */
const PROTOCOL_CODES: ReadonlySet<number> = new Set([1002, 1003, 1007, 1009]);
const ABNORMAL = 1006;

/** A close that nobody asked for. None is a good end, not even 1000 or 1005: the call would go on deaf. */
export function closeError(code: number): ServiceError {
  if (code === ABNORMAL) return fluxError('the connection broke (1006)', 'network');
  if (PROTOCOL_CODES.has(code)) return fluxError(`the server rejected our messages (${code})`, 'protocol');
  return fluxError(`the server closed the session unasked (${code})`, 'unavailable');
}

/** The server's fatal `Error` message: a message of ours that it does not take, or trouble of its own. */
export function fatalError(reason: ServerReason, secret: string): ServiceError {
  const unparsable = codeOf(reason) === 'UNPARSABLE_CLIENT_MESSAGE';
  return fluxError(`Deepgram ended the session: ${quote(reason, secret)}`, unparsable ? 'bad-request' : 'unavailable');
}

/** A reason of the server for people to read: short, and without the key should the server repeat it. */
export function quote(reason: ServerReason, secret: string): string {
  const text = [codeOf(reason) ?? 'no code', reason.description].filter(Boolean).join(', ');
  return text.replaceAll(secret, '[key]').slice(0, LONGEST_QUOTE);
}

const codeOf = ({ code, error_code }: ServerReason): string | undefined => code ?? error_code;
