import { CallFailure } from '../call-failure.ts';

/**
 * Names an error of the WebSocket handshake by Twilio's code.
 *
 * @see https://www.twilio.com/docs/voice/media-streams/websocket-messages and the pages of errors 31900 to 31924
 */
export function handshakeFailure(address: string, error: Error & { readonly code?: string }): CallFailure {
  return new CallFailure(codeOf(error), `stream ${address}: ${error.message || error.code}`, { cause: error });
}

function codeOf({ code = '', message }: Error & { readonly code?: string }): number {
  if (code === 'ECONNREFUSED') return 31902;
  if (code === 'ETIMEDOUT' || message === 'Opening handshake has timed out') return 31901;
  if (/^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) return 31910;
  return 31920;
}

/**
 * Checks a stream's address before it is dialled, as Twilio does: `wss` only, and no query string. Plain `ws` is let
 * through to this machine alone, because there is no certificate for it.
 *
 * @throws CallFailure 31923 malformed, 31922 scheme, 31920 query string
 */
export function checkStreamAddress(address: string): void {
  if (!URL.canParse(address)) throw new CallFailure(31923, `stream url '${address}' is not an absolute URL`);
  const url = new URL(address);
  const loopback = url.protocol === 'ws:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'wss:' && !loopback) {
    throw new CallFailure(31922, `stream url '${address}' must be wss:// (ws:// is accepted for this machine only)`);
  }
  if (url.search !== '') {
    throw new CallFailure(31920, `stream url '${address}' has a query string; use <Parameter>, it comes back in start`);
  }
}
