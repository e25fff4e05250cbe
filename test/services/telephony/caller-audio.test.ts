import { describe, expect, it } from '@jest/globals';
import { KeptCallerAudio } from '../../../services/telephony/caller-audio.ts';

const bytes = (from: number, to: number): Uint8Array => Uint8Array.from({ length: to - from }, (_, at) => from + at);

describe('the audio of a caller', () => {
  it('waits for its listener and then goes straight through, in order', () => {
    const audio = new KeptCallerAudio();
    const heard: number[] = [];
    audio.write(bytes(0, 3));
    audio.write(bytes(3, 5));
    audio.attach((chunk) => heard.push(...chunk));
    audio.write(bytes(5, 7));
    expect(heard).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('loses nothing between one listener and the next', () => {
    const audio = new KeptCallerAudio();
    const first: number[] = [];
    const second: number[] = [];
    const detach = audio.attach((chunk) => first.push(...chunk));
    audio.write(bytes(0, 2));
    detach();
    audio.write(bytes(2, 4));
    audio.attach((chunk) => second.push(...chunk));
    detach(); // an old listener that leaves late takes nobody with it
    audio.write(bytes(4, 6));
    expect([first, second]).toEqual([
      [0, 1],
      [2, 3, 4, 5],
    ]);
  });

  it.each([
    { written: [5, 2], kept: [0, 1, 2, 3, 4, 5, 6] },
    { written: [5, 3, 2], kept: [2, 3, 4, 5, 6, 7, 8, 9] },
    { written: [6, 7, 6], kept: [11, 12, 13, 14, 15, 16, 17, 18] },
    { written: [2, 20], kept: [14, 15, 16, 17, 18, 19, 20, 21] },
  ])('keeps the latest 8 of the bytes of chunks $written', ({ written, kept }) => {
    const audio = new KeptCallerAudio(1);
    let at = 0;
    for (const length of written) {
      audio.write(bytes(at, at + length));
      at += length;
    }
    const heard: number[] = [];
    audio.attach((chunk) => heard.push(...chunk));
    expect(heard).toEqual(kept);
  });
});
