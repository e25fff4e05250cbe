import type { FailureCode } from '../../../machines/call/events.ts';
import { ServiceError } from '../../errors.ts';
import type { SocketEnd } from './socket-transport.ts';

/** A failure of Deepgram's voice. The message must not quote a text or the key. */
export function auraFailure(code: FailureCode, message: string): ServiceError {
  return new ServiceError(message, { code, vendor: 'deepgram' });
}

/** Says in our words why a socket ended, or never opened. @param voice the model that was asked for */
export function socketFailure(end: SocketEnd, voice: string): ServiceError {
  switch (end.type) {
    case 'refused':
      return refusal(end.status, vendorCode(end.reason), voice);
    case 'closed':
      return closure(end.code, end.reason);
    case 'failed': {
      const { code, message } = end.error as NodeJS.ErrnoException;
      return /handshake has timed out/i.test(message) || code === 'ETIMEDOUT'
        ? auraFailure('timeout', 'Deepgram did not answer the handshake in time')
        : auraFailure('network', `no connection to Deepgram (${code ?? end.error.name})`);
    }
  }
}

/**
 * What Deepgram's own codes mean (developers.deepgram.com/docs/tts-websocket).
 *
 * @param reason the reason of a close frame, or the code of an `Error` message; only a code at its start is repeated
 */
export function vendorFailure(reason: string | undefined): ServiceError {
  const code = vendorCode(reason) ?? 'no code';
  if (code === 'DATA-0001') return auraFailure('rate-limit', `too many characters per minute (${code})`);
  if (/^(DATA|BIG|MESSAGE)-/.test(code)) return auraFailure('bad-request', `Deepgram refused a message (${code})`);
  return auraFailure('unavailable', `Deepgram gave up the connection (${code})`);
}

function refusal(status: number, code: string | undefined, voice: string): ServiceError {
  const detail = code === undefined ? `HTTP ${status}` : `HTTP ${status}, ${code}`;
  if (status === 401 || status === 403)
    return auraFailure('auth', `Deepgram refused the key (${detail}): check DEEPGRAM_API_KEY`);
  if (status === 402) return auraFailure('quota', `the Deepgram account has no credit (${detail})`);
  if (status === 429) return auraFailure('rate-limit', `too many connections to Deepgram (${detail})`);
  if (status >= 500) return auraFailure('unavailable', `Deepgram cannot serve the connection (${detail})`);
  if (status >= 400)
    return auraFailure('bad-request', `Deepgram refused the connection (${detail}): check the voice "${voice}"`);
  return auraFailure('protocol', `unexpected answer to the handshake (${detail})`);
}

function closure(status: number, reason: string): ServiceError {
  const detail = `WebSocket ${status}`;
  if (vendorCode(reason) !== undefined) return vendorFailure(reason);
  if ([1003, 1007, 1008, 1009].includes(status))
    return auraFailure('bad-request', `Deepgram refused a message (${detail})`);
  if (status === 1005 || status === 1006) return auraFailure('network', `the connection to Deepgram broke (${detail})`);
  return auraFailure('unavailable', `Deepgram closed the connection (${detail})`);
}

/** Deepgram's code at the start of a reason, such as `NET-0003` or `INVALID_AUTH`; the words behind it are not repeated. */
function vendorCode(reason: string | undefined): string | undefined {
  return /^[A-Z]+[-_][A-Z0-9_-]{1,60}/.exec(reason ?? '')?.[0];
}
