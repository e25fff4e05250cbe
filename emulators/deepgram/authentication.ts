import { timingSafeEqual } from 'node:crypto';

/** `Authorization: Token <key>`, or `Bearer <token>`: the two forms that Deepgram takes in a header. */
export function isAuthenticated(authorization: string | undefined, apiKey: string): boolean {
  const [, scheme = '', given = ''] = /^(\w+) (.+)$/.exec(authorization ?? '') ?? [];
  if (!['token', 'bearer'].includes(scheme.toLowerCase())) return false;
  const expected = Buffer.from(apiKey);
  const received = Buffer.from(given);
  return received.length === expected.length && timingSafeEqual(received, expected);
}
