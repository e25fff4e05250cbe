import { describe, expect, it } from '@jest/globals';
import { ALAW_SILENCE, decodeAlaw, decodeAlawInto, encodeAlaw, encodeAlawInto } from '../../../codecs/g711/alaw.ts';
import { ALAW, decoded, encoded } from './itu.ts';

const everySample = Int16Array.from({ length: 0x10000 }, (_, index) => index - 0x8000);
const everyCode = Uint8Array.from({ length: 0x100 }, (_, code) => code);

describe('A-law', () => {
  it('encodes all 65,536 samples as ITU-T G.711 does', () => {
    expect(encodeAlaw(everySample)).toEqual(Uint8Array.from(everySample, (sample) => encoded(ALAW, sample)));
  });

  it('decodes all 256 codes as ITU-T G.711 does', () => {
    expect(Array.from(decodeAlaw(everyCode))).toEqual(decoded(ALAW));
  });

  it('agrees with the example in the documentation of ITU-T G.191', () => {
    const linear = Int16Array.of(-0x5ee4, 0x48a7, 0x1430, -0x35b8, -0x4a54, -0x39ea, -0x74e0, 0x0036);
    expect(encodeAlaw(linear)).toEqual(Uint8Array.of(0x22, 0xa7, 0x81, 0x3f, 0x27, 0x39, 0x28, 0xd6));
  });

  it('keeps a faint negative sample faint', () => {
    expect(decodeAlaw(encodeAlaw(Int16Array.of(-1, -7, -8, -17)))).toEqual(Int16Array.of(-8, -8, -8, -24));
  });

  it('has known codes at the edges', () => {
    expect(encodeAlaw(Int16Array.of(0, -1, 32_767, -32_768))).toEqual(Uint8Array.of(ALAW_SILENCE, 0x55, 0xaa, 0x2a));
  });

  it('gives every code back after decoding', () => {
    expect(encodeAlaw(decodeAlaw(everyCode))).toEqual(everyCode);
  });

  it('writes into a given buffer and nowhere else', () => {
    const codes = new Uint8Array(4).fill(1);
    encodeAlawInto(Int16Array.of(0, 32_767), codes, 1);
    expect(codes).toEqual(Uint8Array.of(1, 0xd5, 0xaa, 1));
    const samples = new Int16Array(4).fill(7);
    decodeAlawInto(Uint8Array.of(0xaa, 0xd5), samples, 2);
    expect(samples).toEqual(Int16Array.of(7, 7, 32_256, 8));
  });
});
