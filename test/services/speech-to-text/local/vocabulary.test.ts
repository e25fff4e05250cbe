import { describe, expect, it } from '@jest/globals';
import { readGrammar } from '../../../../services/speech-to-text/local/grammar.ts';
import { buildVocabulary } from '../../../../services/speech-to-text/local/vocabulary.ts';

describe('grammar', () => {
  it('knows its words, each once, without weights, tags, comments and rule names', () => {
    const { words } = readGrammar(
      'opening',
      `// what callers say
       public <utterance> = [oh] /2/ <greeting> {polite} | /0.5/ (hello | good-bye)+ | i'd like <NULL>;
       /* hello; */ <greeting> = hello [there];`,
    );
    expect(words).toEqual(['oh', 'hello', 'good-bye', "i'd", 'like', 'there']);
  });

  it.each([
    ['<greeting> = hello;', 'grammar "x": the rule <utterance> is missing'],
    ['<utterance> = <greeting>;', 'grammar "x": <utterance> uses <greeting>, which is not defined'],
    ['<utterance> = yes; <utterance> = no;', 'grammar "x": <utterance> is defined twice'],
    ['utterance = yes;', 'grammar "x": expected "<rule> = …;", received "utterance = yes"'],
    ['<utterance> = Yes;', 'grammar "x": "Yes" is no word: expected lower case, not beginning with "_"'],
    ['<utterance> = (yes | no;', 'grammar "x": <utterance>: expected ")", received the end of the rule'],
    ['<utterance> = yes <a>; <a> = no <utterance>;', 'grammar "x": <utterance> uses itself'],
    ['<utterance> = _aa;', 'grammar "x": "_aa" is no word: expected lower case, not beginning with "_"'],
  ])('refuses %s', (text, message) => {
    expect(() => readGrammar('x', text)).toThrow(expect.objectContaining({ message, code: 'bad-request' }));
  });
});

describe('vocabulary', () => {
  it('looks up all ways to say each word, own ones first', () => {
    const { pronunciations } = buildVocabulary({ a: '<utterance> = the wifi;' }, { wifi: 'W AY F AY' });
    expect(pronunciations).toEqual([
      ['the', 'DH AH'],
      ['the(2)', 'DH IY'],
      ['wifi', 'W AY F AY'],
    ]);
  });

  it('names all words that nobody can pronounce', () => {
    const grammars = { a: '<utterance> = yes | qwrtz;', b: '<utterance> = no | zxcvb;' };
    expect(() => buildVocabulary(grammars)).toThrow('no pronunciation of "qwrtz", "zxcvb"');
  });

  it('refuses sounds that do not exist, and no grammar at all', () => {
    const grammars = { a: '<utterance> = wifi;' };
    expect(() => buildVocabulary(grammars, { wifi: 'W EI F AY' })).toThrow(
      'the pronunciation of "wifi": "EI" is no ARPABET phone',
    );
    expect(() => buildVocabulary({})).toThrow('no grammar was given');
  });
});
