import { describe, expect, it } from '@jest/globals';
import { bytesFromPcm, Pcm16Assembler, pcmFromBytes } from '../../codecs/pcm16.ts';

const samples = Int16Array.of(0, 1, -1, 256, 32_767, -32_768);
const bytes = Uint8Array.of(0, 0, 1, 0, 0xff, 0xff, 0, 1, 0xff, 0x7f, 0, 0x80);

describe('linear16', () => {
  it('is little-endian', () => {
    expect(bytesFromPcm(samples)).toEqual(bytes);
    expect(pcmFromBytes(bytes)).toEqual(samples);
  });

  it('reads from an odd address', () => {
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(pcmFromBytes(shifted.subarray(1))).toEqual(samples);
    expect(pcmFromBytes(Buffer.from(shifted.buffer, 1))).toEqual(samples);
  });

  it('refuses half a sample', () => {
    expect(() => pcmFromBytes(new Uint8Array(3))).toThrow(
      new RangeError('linear16 audio has two bytes a sample: received 3 bytes, expected an even number'),
    );
  });

  it.each([1, 2, 3, 5, 12])('assembles samples from chunks of %i bytes', (length) => {
    const assembler = new Pcm16Assembler();
    const received: number[] = [];
    for (let start = 0; start < bytes.length; start += length) {
      received.push(...assembler.push(bytes.subarray(start, start + length)), ...assembler.push(new Uint8Array(0)));
    }
    expect(Int16Array.from(received)).toEqual(samples);
  });
});
