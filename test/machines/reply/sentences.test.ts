import { describe, expect, it } from '@jest/globals';
import { takeSentences } from '../../../machines/reply/sentences.ts';

describe('takeSentences', () => {
  it.each([
    ['Breakfast is at 7. It is fr', ['Breakfast is at 7.'], 'It is fr'],
    ['Really? Yes! Of course. ', ['Really?', 'Yes!'], 'Of course. '],
    ['Dr. Lee sees you at 3.5 percent. N', ['Dr. Lee sees you at 3.5 percent.'], 'N'],
    ['J. Smith and I. Then', ['J. Smith and I.'], 'Then'],
    ['At 7 p.m. we close. At 7 p.m. We close. X', ['At 7 p.m. we close.', 'At 7 p.m.', 'We close.'], 'X'],
    ['No. We have none. Room No. 7 is', ['No.', 'We have none.'], 'Room No. 7 is'],
    ['Well... perhaps. So', ['Well...', 'perhaps.'], 'So'],
    ['He said "stop." Then', ['He said "stop."'], 'Then'],
    ['A title\n\nA line', ['A title'], 'A line'],
    ['Not yet.', [], 'Not yet.'],
    ['', [], ''],
  ])('%j', (text, sentences, rest) => {
    expect(takeSentences(text)).toEqual({ sentences, rest });
  });

  it('gives the same sentences whatever the pieces', () => {
    const text = 'Hello Dr. Lee. It is 3.5 miles! Is No. 7 free? At 5 p.m. Yes.\n\nGood. ';
    const whole = takeSentences(text);
    for (let size = 1; size < 9; size++) {
      const sentences: string[] = [];
      let buffer = '';
      for (let at = 0; at < text.length; at += size) {
        const taken = takeSentences(buffer + text.slice(at, at + size));
        sentences.push(...taken.sentences);
        buffer = taken.rest;
      }
      expect({ sentences, rest: buffer }).toEqual(whole);
    }
  });
});
