import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BACK_CHANNELS } from '../../../agents/dialogue-acts.ts';
import { grammarsOf } from '../../../agents/grammar/grammars-of.ts';
import { numberWords, ordinalWords } from '../../../agents/grammar/number-words.ts';
import { byLastWord, prefixTree } from '../../../agents/grammar/prefix-tree.ts';
import { availableProfiles, loadProfile } from '../../../agents/load-profile.ts';

const packageFolder = dirname(createRequire(import.meta.url).resolve('soundswallower'));
const dictionary = new Set(
  readFileSync(join(packageFolder, 'model/en-us/dict.txt'), 'utf8')
    .split('\n')
    .map((line) => line.slice(0, line.search(/\s/))),
);

const rulesOf = (grammar: string): Map<string, string> =>
  new Map(
    grammar.split('\n').map((line) => {
      const [, name = '', expansion = ''] = /^(?:public )?<(\w+)> = (.*);$/.exec(line) ?? [];
      return [name, expansion];
    }),
  );

describe.each(availableProfiles())('the grammars of %s', (name) => {
  const profile = loadProfile(name);
  const grammars = grammarsOf(profile);

  it('are one for each topic', () => {
    expect(Object.keys(grammars)).toEqual(['opening', 'confirm', 'change', ...Object.keys(profile.slots)]);
  });

  it.each(Object.keys(grammars))('%s has only words that the recogniser can pronounce', (topic) => {
    const words = [...rulesOf(grammars[topic] ?? '').values()].flatMap((expansion) =>
      expansion.replace(/<\w+>|[()[\]|]/g, ' ').split(/\s+/),
    );
    const unknown = words.filter((word) => word !== '' && !dictionary.has(word) && !(word in profile.pronunciations));
    expect([...new Set(unknown)]).toEqual([]);
  });

  it.each(Object.keys(grammars))('%s defines every rule it uses, and hears back-channels', (topic) => {
    const rules = rulesOf(grammars[topic] ?? '');
    const used = [...rules.values()].flatMap((expansion) =>
      [...expansion.matchAll(/<(\w+)>/g)].map(([, rule]) => rule),
    );
    expect(used.filter((rule) => rule === undefined || !rules.has(rule))).toEqual([]);
    expect(grammars[topic]?.startsWith('public <utterance> = ')).toBe(true);
    expect(
      rules
        .get('short')
        ?.split(/[(|)]/)
        .map((word) => word.trim()),
    ).toEqual(expect.arrayContaining([...BACK_CHANNELS]));
  });
});

describe('joining phrases', () => {
  it('shares their beginnings', () => {
    expect(prefixTree(['do you have a pool', 'do you have parking', 'do you', 'help'])).toBe(
      '(do you [have (a pool | parking)] | help)',
    );
  });

  it('shares their last words', () => {
    expect(byLastWord(['book a table', 'i need a table', 'i need a <size> room', 'room'])).toBe(
      '((book a | i need a) table | [i need a <size>] room)',
    );
  });
});

describe('number words', () => {
  it('are those that people say', () => {
    expect([0, 7, 12, 20, 21, 45, 99].map(numberWords)).toEqual([
      'zero',
      'seven',
      'twelve',
      'twenty',
      'twenty one',
      'forty five',
      'ninety nine',
    ]);
    expect([1, 2, 3, 12, 20, 21, 30, 31].map(ordinalWords)).toEqual([
      'first',
      'second',
      'third',
      'twelfth',
      'twentieth',
      'twenty first',
      'thirtieth',
      'thirty first',
    ]);
    expect(() => numberWords(100)).toThrow('no words for 100: 0 to 99 only');
  });
});
