import { createHash } from 'node:crypto';

/** Letters that are not mistaken for another on the telephone. */
const LETTERS = 'HKLMRXZ';
const DIGITS = '2346789';

/**
 * The reference of a call's n-th booking: a letter and two digits, for example `K47`. The same call gives the same
 * references again, and never the same one twice.
 */
export function referenceOf(callSid: string, index: number): string {
  const start = createHash('sha256').update(callSid).digest().readUInt32BE(0);
  const all = LETTERS.length * DIGITS.length ** 2;
  const number = (start + index * 110) % all;
  const letter = LETTERS.charAt(Math.floor(number / DIGITS.length ** 2));
  const first = DIGITS.charAt(Math.floor(number / DIGITS.length) % DIGITS.length);
  return `${letter}${first}${DIGITS.charAt(number % DIGITS.length)}`;
}
