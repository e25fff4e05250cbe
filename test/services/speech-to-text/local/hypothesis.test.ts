import { describe, expect, it } from '@jest/globals';
import { interpret, type Segment } from '../../../../services/speech-to-text/local/hypothesis.ts';

/** A word of 300 ms at this acoustic distance (thousandths a frame). */
function segment(t: string, b: number, distance = 1.2): Segment {
  return { t, b, d: 0.3, p: Math.exp((-distance / 1000) * 30) };
}

const utterance = { startMs: 1000, voicedMs: 500, scores: 'aligned' } as const;

describe('hypothesis', () => {
  it('puts words on the stream’s clock and strips what is no word', () => {
    const segments = [segment('<sil>', 0), segment('the(2)', 0.2), segment('(NULL)', 0.5), segment('bar', 0.5)];
    expect(interpret(segments, utterance)).toEqual({
      text: 'the bar',
      confidence: 0.79,
      words: [
        { word: 'the', startMs: 1200, endMs: 1500 },
        { word: 'bar', startMs: 1500, endMs: 1800 },
      ],
    });
  });

  it.each<[string, readonly Segment[], number]>([
    ['a word of the garbage branch', [segment('yes', 0), segment('_aa', 0.3)], 500],
    ['sound that is too far from the words', [segment('yes', 0, 3.1)], 300],
    ['voice that no word accounts for', [segment('yes', 0)], 700],
    ['no word', [segment('<sil>', 0)], 300],
  ])('does not believe %s', (_, segments, voicedMs) => {
    expect(interpret(segments, { ...utterance, voicedMs })).toEqual({
      text: '[unintelligible]',
      confidence: 0,
      words: [],
    });
  });

  it('takes a short sound without a word for a noise', () => {
    expect(interpret([segment('_p', 0)], { ...utterance, voicedMs: 180 }).text).toBe('');
    expect(interpret([], { ...utterance, voicedMs: 180 }).text).toBe('');
  });

  it('asks less of scores that were not aligned', () => {
    const segments = [segment('yes', 0, 3.6)];
    expect(interpret(segments, { ...utterance, voicedMs: 300 }).text).toBe('[unintelligible]');
    expect(interpret(segments, { ...utterance, voicedMs: 300, scores: 'unaligned' }).text).toBe('yes');
  });
});
