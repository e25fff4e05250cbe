import { describe, expect, it } from '@jest/globals';
import { FRAME_BYTES, MulawFramer } from '../../codecs/framing.ts';

const ramp = (length: number) => Uint8Array.from({ length }, (_, index) => index % 251);

/** All frames of a stream that was pushed in chunks of the given lengths; the lengths repeat. */
function frames(stream: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const framer = new MulawFramer();
  const emitted: Uint8Array[] = [];
  const emit = (frame: Uint8Array) => emitted.push(frame);
  for (let start = 0, turn = 0; start < stream.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    framer.push(stream.slice(start, start + length), emit);
    start += length;
  }
  framer.flush(emit);
  return emitted;
}

describe('framing', () => {
  it.each([
    [[1]],
    [[7]],
    [[159]],
    [[160]],
    [[161]],
    [[0, 3]],
    [[1000]],
    [[320, 1, 0, 159, 483]],
  ])('gives the same 20 ms frames for chunks of %j bytes', (lengths) => {
    const stream = ramp(1003);
    const padded = new Uint8Array(7 * FRAME_BYTES).fill(0xff);
    padded.set(stream);
    const emitted = frames(stream, lengths);
    expect(emitted.map((frame) => frame.length)).toEqual([160, 160, 160, 160, 160, 160, 160]);
    expect(Uint8Array.from(emitted.flatMap((frame) => Array.from(frame)))).toEqual(padded);
  });

  it('copies no frame that lies within one chunk', () => {
    const chunk = ramp(3 * FRAME_BYTES);
    const emitted = frames(chunk, [3 * FRAME_BYTES]);
    expect(emitted.map((frame) => frame.byteOffset)).toEqual([0, 160, 320]);
    expect(new Set(emitted.map((frame) => frame.buffer)).size).toBe(1);
  });

  it('never writes to a frame again, so that a receiver may keep it', () => {
    const framer = new MulawFramer();
    const kept: Uint8Array[] = [];
    for (const value of [1, 2, 3]) {
      framer.push(new Uint8Array(100).fill(value), (frame) => kept.push(frame));
      framer.push(new Uint8Array(60).fill(value), (frame) => kept.push(frame));
    }
    expect(kept.map((frame) => [frame[0], frame[159]])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('pads the last frame with silence, once', () => {
    const framer = new MulawFramer();
    const emitted: Uint8Array[] = [];
    const emit = (frame: Uint8Array) => emitted.push(frame);
    framer.push(Uint8Array.of(1, 2), emit);
    expect(framer.pending).toBe(2);
    framer.flush(emit);
    framer.flush(emit);
    expect(emitted).toEqual([Uint8Array.from({ length: 160 }, (_, index) => [1, 2][index] ?? 0xff)]);
    expect(framer.pending).toBe(0);
  });

  it('flushes nothing when nothing is left', () => {
    const framer = new MulawFramer();
    let emitted = 0;
    framer.push(ramp(320), () => {
      emitted += 1;
    });
    framer.flush(() => {
      emitted += 1;
    });
    expect(emitted).toBe(2);
  });

  it('forgets the rest when it is told to', () => {
    const framer = new MulawFramer();
    const emitted: Uint8Array[] = [];
    framer.push(new Uint8Array(150).fill(1), (frame) => emitted.push(frame));
    framer.discard();
    framer.push(new Uint8Array(160).fill(2), (frame) => emitted.push(frame));
    expect(emitted).toEqual([new Uint8Array(160).fill(2)]);
  });
});
