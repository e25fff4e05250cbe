import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** HTTP Basic, with the account's SID and token. */
export function isAuthenticated({ headers }: Request, accountSid: string, authToken: string): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`);
  const received = Buffer.from(headers.authorization ?? '');
  return received.length === expected.length && timingSafeEqual(received, expected);
}
