import { describe, expect, it } from '@jest/globals';
import { audioFrom } from '../../../services/telephony/resumption.ts';

const LOUD = 0x10;
/** -43.8 dBFS: quiet, and told apart from silence. */
const QUIET = 0xe8;

const ms = (length: number, byte: number): Uint8Array => new Uint8Array(length * 8).fill(byte);
const joined = (chunks: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(chunks));
/** Counting bytes, all of them loud. */
const counted = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, (_, at) => at % 64);

describe('the audio of a sentence from some point on', () => {
  it('begins there exactly when nothing near is quiet', () => {
    const audio = counted(4000);
    expect(joined(audioFrom([audio], 100))).toEqual(audio.slice(800));
    expect(joined(audioFrom([audio], 99.9))).toEqual(audio.slice(799));
    expect(joined(audioFrom([audio], 0))).toEqual(audio);
    expect(joined(audioFrom([audio], -5))).toEqual(audio);
  });

  it('is views, wherever the chunks were divided', () => {
    const audio = counted(4000);
    const chunks = [audio.subarray(0, 5), audio.subarray(5, 801), audio.subarray(801, 801), audio.subarray(801)];
    const rest = audioFrom(chunks, 100);
    expect(joined(rest)).toEqual(audio.slice(800));
    expect(rest.map(({ buffer }) => buffer === audio.buffer)).toEqual([true, true]);
  });

  it('begins at the last quiet point before, at most 200 ms away', () => {
    const audio = [ms(300, LOUD), ms(60, QUIET), ms(400, LOUD)];
    const lengthFrom = (skipMs: number): number => joined(audioFrom(audio, skipMs)).length / 8;
    expect(lengthFrom(400)).toBe(760 - 350);
    expect(lengthFrom(550)).toBe(760 - 350);
    expect(lengthFrom(560)).toBe(760 - 560);
    expect(lengthFrom(340)).toBe(760 - 330);
    expect(lengthFrom(300)).toBe(760 - 300);
  });

  it('is nothing at its end and beyond, also where it ends quietly', () => {
    expect(audioFrom([ms(100, QUIET)], 100)).toEqual([]);
    expect(audioFrom([counted(800)], 100)).toEqual([]);
    expect(audioFrom([counted(800)], 5000)).toEqual([]);
    expect(audioFrom([], 0)).toEqual([]);
  });
});
