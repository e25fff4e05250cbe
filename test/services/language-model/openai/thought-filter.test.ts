import { describe, expect, it } from '@jest/globals';
import { ThoughtFilter } from '../../../../services/language-model/openai/thought-filter.ts';

function said(pieces: readonly string[]): string[] {
  const filter = new ThoughtFilter();
  return [...pieces.map((piece) => filter.take(piece)), filter.end()];
}

describe('thoughts of a model', () => {
  it('leave words alone, piece by piece', () => {
    expect(said(['Good ', 'evening', '.'])).toEqual(['Good ', 'evening', '.', '']);
  });

  it('are not said, wherever the pieces are cut', () => {
    const answer = 'One. <think>Is 2 < 3? </thin no.</think>Two. <think></think>Three <thing> a<b <';
    for (let size = 1; size <= answer.length; size += 1) {
      const pieces = answer.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(said(pieces).join('')).toBe('One. Two. Three <thing> a<b <');
    }
  });

  it('hold a word back only while it may be a tag', () => {
    expect(said(['a <th', 'ing', ' <', 'think>x', '</think>', 'b'])).toEqual(['a ', '<thing', ' ', '', '', 'b', '']);
  });

  it('that never end are never said', () => {
    expect(said(['Hm. <think>so', ' on </thi'])).toEqual(['Hm. ', '', '']);
  });
});
