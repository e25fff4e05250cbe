import { randomBytes } from 'node:crypto';

/** Prefixes of Twilio's string identifiers: account, call, stream, recording, queue, phone number. */
export type SidPrefix = 'AC' | 'CA' | 'MZ' | 'RE' | 'QU' | 'PN';

/** A fresh identifier: the prefix and 32 hexadecimal digits. */
export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString('hex');
}
