/**
 * Builds the two lookup tables of a G.711 law from functions that know the law's non-negative half.
 *
 * A law is symmetric by definition: the top bit of a code is the sign, the other seven say the magnitude. ITU-T's own
 * reference software (G.191, `g711.c`) takes the magnitude of a negative sample as its ones' complement, so -1 has the
 * magnitude of 0 and -32,768 that of 32,767. The `g711` package agrees with it on all 32,768 non-negative samples but on
 * 127 (µ-law) and 896 (A-law) negative ones it does not: A-law turns -7 into -248. Hence only the half that is right is
 * taken from the package, and the sign is ours.
 */
export interface CompandingLaw {
  /** Codes of non-negative linear samples. */
  encodeNonNegative(samples: Int16Array): Uint8Array;
  /** Linear samples of codes, one for one. */
  decode(codes: Uint8Array): ArrayLike<number>;
}

export interface CompandingTables {
  /** Code of a linear sample; the index is the sample's 16 bits read as unsigned (`sample & 0xffff`). */
  readonly codeOf: Uint8Array;
  /** Linear sample of a code; 256 entries. */
  readonly sampleOf: Int16Array;
}

const SIGN = 0x80;

/** 65,536 + 256 entries; runs once for each law, at load, in a few milliseconds. */
export function buildTables(law: CompandingLaw): CompandingTables {
  const nonNegative = law.encodeNonNegative(Int16Array.from({ length: 0x8000 }, (_, sample) => sample));
  const codeOf = new Uint8Array(0x10000);
  codeOf.set(nonNegative);
  for (const [magnitude, code] of nonNegative.entries()) codeOf[~magnitude & 0xffff] = code ^ SIGN;
  const sampleOf = Int16Array.from(law.decode(Uint8Array.from({ length: 0x100 }, (_, code) => code)));
  return { codeOf, sampleOf };
}

/** Looks up one code for each sample. @throws RangeError when `target` has no room from `offset` on */
export function encodeThrough(codeOf: Uint8Array, samples: Int16Array, target: Uint8Array, offset: number): void {
  requireRoom(samples.length, target.length, offset);
  for (let index = 0; index < samples.length; index += 1) {
    target[offset + index] = codeOf[(samples[index] as number) & 0xffff] as number;
  }
}

/** Looks up one sample for each code. @throws RangeError when `target` has no room from `offset` on */
export function decodeThrough(sampleOf: Int16Array, codes: Uint8Array, target: Int16Array, offset: number): void {
  requireRoom(codes.length, target.length, offset);
  for (let index = 0; index < codes.length; index += 1) {
    target[offset + index] = sampleOf[codes[index] as number] as number;
  }
}

function requireRoom(needed: number, length: number, offset: number): void {
  if (offset < 0 || !Number.isInteger(offset) || offset + needed > length) {
    throw new RangeError(`no room for ${needed} samples at offset ${offset} of a target that holds ${length}`);
  }
}
