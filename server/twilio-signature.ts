import type { IncomingMessage } from 'node:http';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

/**
 * Whether a request was signed by whoever knows the account's auth token: HMAC-SHA1 over the exact public URL and all
 * parameters of a form, in `X-Twilio-Signature` (twilio.com/docs/usage/security).
 *
 * @param url as Twilio called it; for a media socket with `wss` and no parameters
 */
export function isSigned(
  request: IncomingMessage,
  authToken: string,
  url: string,
  parameters: Readonly<Record<string, unknown>> = {},
): boolean {
  const signature = request.headers['x-twilio-signature'];
  if (typeof signature !== 'string' || !URL.canParse(url)) return false;
  return validateRequest(authToken, signature, url, parameters);
}
