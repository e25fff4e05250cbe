import g711 from 'g711';
import { buildTables, decodeThrough, encodeThrough } from './tables.ts';

/*
 * One A-law byte (ITU-T G.711, table 1), as it is on the wire: every second bit inverted (XOR 0x55).
 *
 *     7   6 5 4   3 2 1 0
 *   +---+-------+---------+
 *   | S | chord |  step   |    S: 1 = zero or positive, 0 = negative
 *   +---+-------+---------+
 *
 * With chord and step read after the XOR, at 16 bits:
 *   chord 0:   |sample| = step * 16 + 8
 *   chord 1-7: |sample| = (step * 16 + 264) << (chord - 1)
 * A-law has no zero: 0xd5 and 0x55 are 8 and -8. 0xaa and 0x2a are the loudest: 32,256 and -32,256.
 */
const { codeOf, sampleOf } = buildTables({
  encodeNonNegative: (samples) => g711.alawFromPCM(samples),
  decode: (codes) => g711.alawToPCM(codes),
});

/** The A-law byte nearest to silence (+8 of 32,768, for A-law has no zero). */
export const ALAW_SILENCE = 0xd5;

/** Linear PCM (16 bits) → A-law, one byte a sample. Bit-exact with ITU-T G.191. */
export function encodeAlaw(samples: Int16Array): Uint8Array {
  const target = new Uint8Array(samples.length);
  encodeThrough(codeOf, samples, target, 0);
  return target;
}

/** As {@link encodeAlaw}, into a buffer of the caller. @throws RangeError when it has no room from `offset` on */
export function encodeAlawInto(samples: Int16Array, target: Uint8Array, offset = 0): void {
  encodeThrough(codeOf, samples, target, offset);
}

/** A-law → linear PCM (16 bits), one sample a byte. */
export function decodeAlaw(codes: Uint8Array): Int16Array {
  const target = new Int16Array(codes.length);
  decodeThrough(sampleOf, codes, target, 0);
  return target;
}

/** As {@link decodeAlaw}, into a buffer of the caller. @throws RangeError when it has no room from `offset` on */
export function decodeAlawInto(codes: Uint8Array, target: Int16Array, offset = 0): void {
  decodeThrough(sampleOf, codes, target, offset);
}
