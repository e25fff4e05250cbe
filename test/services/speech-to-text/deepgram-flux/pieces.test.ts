import { describe, expect, it } from '@jest/globals';
import { PIECE_BYTES, PieceCutter } from '../../../../services/speech-to-text/deepgram-flux/pieces.ts';

describe('pieces of 80 ms', () => {
  it.each([1, 159, 160, 639, 640, 641, 3000])('hold every byte in order, written %i at a time', (length) => {
    const audio = Uint8Array.from({ length: 3000 }, (_, index) => index % 251);
    const pieces: Uint8Array[] = [];
    const cutter = new PieceCutter((piece) => pieces.push(piece));
    for (let at = 0; at < audio.length; at += length) cutter.push(audio.subarray(at, at + length));
    expect(pieces.map((piece) => piece.length)).toEqual([640, 640, 640, 640]);
    expect(Buffer.concat(pieces).equals(audio.subarray(0, 4 * PIECE_BYTES))).toBe(true);
  });

  it('are not touched by what their writer does to its memory afterwards', () => {
    const chunk = new Uint8Array(PIECE_BYTES).fill(1);
    const pieces: Uint8Array[] = [];
    const cutter = new PieceCutter((piece) => pieces.push(piece));
    cutter.push(chunk);
    chunk.fill(2);
    cutter.push(chunk);
    expect(pieces.map(([first]) => first)).toEqual([1, 2]);
  });
});
