import { describe, expect, it } from '@jest/globals';
import { countSentences, parsePhrase, rulesOf, sentencesOf, withoutSlots, withSlots } from '../../agents/phrase.ts';

describe('phrases', () => {
  it('stand for all their variants', () => {
    const phrase = parsePhrase('(when | what time) is [the] breakfast');
    expect(sentencesOf(phrase, withoutSlots)).toEqual([
      'when is breakfast',
      'when is the breakfast',
      'what time is breakfast',
      'what time is the breakfast',
    ]);
    expect(countSentences(phrase)).toBe(4);
  });

  it('name slots, which a sentence shows or leaves out', () => {
    const phrase = parsePhrase('a [<roomType>] room');
    expect(sentencesOf(phrase, withSlots)).toEqual(['a room', 'a <roomType> room']);
    expect(sentencesOf(phrase, withoutSlots)).toEqual(['a room', 'a room']);
    expect([...rulesOf(phrase)]).toEqual(['roomType']);
  });

  it.each([
    ['where is (the pool', 'phrase "where is (the pool": expected ")", found "the end"'],
    ['a | | b', 'phrase "a | | b": an alternative is empty'],
    ['a pool)', 'phrase "a pool)": unexpected ")"'],
    ['Where is it?', 'phrase "Where is it?": unexpected "W" (words are lower case)'],
  ])('refuses %s', (text, message) => {
    expect(() => parsePhrase(text)).toThrow(message);
  });
});
