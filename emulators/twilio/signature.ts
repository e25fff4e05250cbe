import twilio from 'twilio';

/** The header that carries the signature, in the spelling that the WebSocket upgrade really uses. */
export const SIGNATURE_HEADER = 'x-twilio-signature';

/**
 * Signs as Twilio signs: HMAC-SHA1 with the auth token over the full public URL, followed by every form parameter in
 * order of names; base64. Without parameters (GET, WebSocket upgrade) over the URL alone.
 *
 * @param url exactly as Twilio calls it: scheme (`https`, `wss`), host, port if any, path, query
 * @see https://www.twilio.com/docs/usage/security#validating-requests
 */
export function sign(authToken: string, url: string, parameters: Readonly<Record<string, string>> = {}): string {
  return twilio.getExpectedTwilioSignature(authToken, url, parameters);
}

/** A well-formed signature that is wrong for every request. */
export function forge(url: string): string {
  return sign('not the auth token', url);
}
