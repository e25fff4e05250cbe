import { describe, expect, it } from '@jest/globals';
import { heardOf, retainedOf, type Sentence } from '../../../services/telephony/heard-ledger.ts';

const sentence = (index: number, fields: Partial<Sentence> = {}): Sentence => ({
  index,
  writtenBytes: 8000,
  sentMs: 1000,
  complete: true,
  heard: false,
  audio: undefined,
  ...fields,
});
const heard = (index: number): Sentence => sentence(index, { heard: true });

describe('what was heard', () => {
  it('of nothing is nothing', () => {
    expect(heardOf([], 0)).toEqual({ sentences: 0 });
  });

  it('is every sentence whose mark came back', () => {
    expect(heardOf([heard(0), heard(1)], 0)).toEqual({ sentences: 2 });
  });

  it('is the part of the sentence in flight that is not waiting any more', () => {
    expect(heardOf([heard(0), sentence(1)], 400)).toEqual({
      sentences: 1,
      partial: { sentence: 1, playedMs: 600, lengthMs: 1000, complete: true },
    });
  });

  it('takes what waits from the last sentence first', () => {
    expect(heardOf([sentence(0), sentence(1)], 1400).partial?.playedMs).toBe(600);
    expect(heardOf([sentence(0), sentence(1)], 2000)).toEqual({ sentences: 0 });
  });

  it('counts no sentence by the clock alone, however long ago it was sent', () => {
    expect(heardOf([sentence(0), sentence(1)], 0)).toEqual({
      sentences: 0,
      partial: { sentence: 0, playedMs: 1000, lengthMs: 1000, complete: true },
    });
  });

  it('counts neither the padding of the last frame nor audio that was not sent', () => {
    const padded = sentence(0, { writtenBytes: 7992 });
    expect(heardOf([padded], 0).partial).toEqual({ sentence: 0, playedMs: 999, lengthMs: 999, complete: true });
    const queued = sentence(0, { writtenBytes: 240_000, sentMs: 20_000, complete: false });
    expect(heardOf([queued], 5000).partial).toEqual({
      sentence: 0,
      playedMs: 15_000,
      lengthMs: 30_000,
      complete: false,
    });
  });
});

describe('what can be played again', () => {
  const kept = (index: number, fields: Partial<Sentence> = {}): Sentence =>
    sentence(index, { audio: [Uint8Array.of(index)], ...fields });

  it('is every unheard sentence that is held whole', () => {
    expect(retainedOf([heard(0), kept(1), kept(2)])).toEqual([[Uint8Array.of(1)], [Uint8Array.of(2)]]);
    expect(heardOf([heard(0), kept(1), kept(2)], 2000)).toEqual({ sentences: 1, retained: 2 });
  });

  it('ends before the first that is still being written, and before the first that is not kept', () => {
    expect(retainedOf([kept(0), kept(1, { complete: false })])).toEqual([[Uint8Array.of(0)]]);
    expect(retainedOf([kept(0), sentence(1), kept(2)])).toEqual([[Uint8Array.of(0)]]);
    expect(heardOf([sentence(0), kept(1)], 2000)).toEqual({ sentences: 0 });
  });

  it('is nothing when all was heard', () => {
    expect(retainedOf([heard(0)])).toEqual([]);
  });
});
