import { describe, expect, it } from '@jest/globals';
import {
  decodeMulaw,
  decodeMulawInto,
  encodeMulaw,
  encodeMulawInto,
  MULAW_SILENCE,
  mulawSample,
} from '../../../codecs/g711/mulaw.ts';
import { decoded, encoded, MULAW } from './itu.ts';

const everySample = Int16Array.from({ length: 0x10000 }, (_, index) => index - 0x8000);
const everyCode = Uint8Array.from({ length: 0x100 }, (_, code) => code);

describe('µ-law', () => {
  it('encodes all 65,536 samples as ITU-T G.711 does', () => {
    expect(encodeMulaw(everySample)).toEqual(Uint8Array.from(everySample, (sample) => encoded(MULAW, sample)));
  });

  it('decodes all 256 codes as ITU-T G.711 does', () => {
    expect(Array.from(decodeMulaw(everyCode))).toEqual(decoded(MULAW));
    expect(Array.from(everyCode, mulawSample)).toEqual(decoded(MULAW));
  });

  it('has known codes at the edges', () => {
    expect(encodeMulaw(Int16Array.of(0, -1, 3, 4, -4, -5, 32_767, -32_768))).toEqual(
      Uint8Array.of(0xff, 0x7f, 0xff, 0xfe, 0x7f, 0x7e, 0x80, 0x00),
    );
    expect(decodeMulaw(Uint8Array.of(MULAW_SILENCE, 0x7f, 0x80, 0x00))).toEqual(Int16Array.of(0, 0, 32_124, -32_124));
  });

  it('gives every code back after decoding, except that minus zero becomes zero', () => {
    const expected = Uint8Array.from(everyCode, (code) => (code === 0x7f ? 0xff : code));
    expect(encodeMulaw(decodeMulaw(everyCode))).toEqual(expected);
  });

  it('reads a Node Buffer as codes', () => {
    expect(decodeMulaw(Buffer.from([0x80, 0xff]))).toEqual(Int16Array.of(32_124, 0));
  });

  it('writes into a given buffer and nowhere else', () => {
    const codes = new Uint8Array(4).fill(1);
    encodeMulawInto(Int16Array.of(0, 32_767), codes, 1);
    expect(codes).toEqual(Uint8Array.of(1, 0xff, 0x80, 1));
    const samples = new Int16Array(4).fill(7);
    decodeMulawInto(Uint8Array.of(0x80, 0xff), samples, 2);
    expect(samples).toEqual(Int16Array.of(7, 7, 32_124, 0));
  });

  it('refuses a target that is too small, by name', () => {
    expect(() => encodeMulawInto(new Int16Array(3), new Uint8Array(4), 2)).toThrow(
      new RangeError('no room for 3 samples at offset 2 of a target that holds 4'),
    );
    expect(() => decodeMulawInto(new Uint8Array(1), new Int16Array(4), -1)).toThrow(RangeError);
  });

  it('takes nothing and gives nothing', () => {
    expect(encodeMulaw(new Int16Array(0))).toEqual(new Uint8Array(0));
    expect(decodeMulaw(new Uint8Array(0))).toEqual(new Int16Array(0));
  });
});
