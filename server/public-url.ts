import type { IncomingMessage } from 'node:http';

/**
 * The URL under which Twilio reached us, without a path: `PUBLIC_URL`, or what the request itself says.
 *
 * Behind a proxy or tunnel only `PUBLIC_URL` is right, because scheme, host and port are rewritten on the way.
 */
export function baseUrlOf(publicUrl: string | undefined, request: IncomingMessage): string {
  return publicUrl ?? `http://${request.headers.host ?? 'localhost'}`;
}

/** The same for sockets: `wss` for `https`, `ws` for `http`. */
export const socketUrl = (baseUrl: string): string => baseUrl.replace(/^http/, 'ws');
