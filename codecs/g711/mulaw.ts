import g711 from 'g711';
import { buildTables, decodeThrough, encodeThrough } from './tables.ts';

/*
 * One µ-law byte (ITU-T G.711, table 2), as it is on the wire: all bits inverted.
 *
 *     7   6 5 4   3 2 1 0
 *   +---+-------+---------+
 *   | S | chord |  step   |    S: 1 = zero or positive, 0 = negative
 *   +---+-------+---------+
 *
 * With chord and step read after inversion:  |sample| = ((step * 8 + 132) << chord) - 132, at 16 bits.
 * 0xff and 0x7f are +0 and -0, 0x80 and 0x00 the loudest: 32,124 and -32,124.
 */
const { codeOf, sampleOf } = buildTables({
  encodeNonNegative: (samples) => g711.ulawFromPCM(samples),
  decode: (codes) => g711.ulawToPCM(codes),
});

/** The µ-law byte of digital silence (+0). */
export const MULAW_SILENCE = 0xff;

/**
 * Linear PCM (16 bits) → µ-law, one byte a sample. Bit-exact with ITU-T G.191.
 *
 * @example encodeMulaw(Int16Array.of(0, 32_767)) // Uint8Array [0xff, 0x80]
 */
export function encodeMulaw(samples: Int16Array): Uint8Array {
  const target = new Uint8Array(samples.length);
  encodeThrough(codeOf, samples, target, 0);
  return target;
}

/** As {@link encodeMulaw}, into a buffer of the caller. @throws RangeError when it has no room from `offset` on */
export function encodeMulawInto(samples: Int16Array, target: Uint8Array, offset = 0): void {
  encodeThrough(codeOf, samples, target, offset);
}

/** µ-law → linear PCM (16 bits), one sample a byte. */
export function decodeMulaw(codes: Uint8Array): Int16Array {
  const target = new Int16Array(codes.length);
  decodeThrough(sampleOf, codes, target, 0);
  return target;
}

/** As {@link decodeMulaw}, into a buffer of the caller. @throws RangeError when it has no room from `offset` on */
export function decodeMulawInto(codes: Uint8Array, target: Int16Array, offset = 0): void {
  decodeThrough(sampleOf, codes, target, offset);
}

/** The linear sample of one µ-law byte (0–255), for loops that need no buffer. */
export function mulawSample(code: number): number {
  return sampleOf[code & 0xff] as number;
}
