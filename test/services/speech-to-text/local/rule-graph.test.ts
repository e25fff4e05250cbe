import { describe, expect, it } from '@jest/globals';
import { grammarsOf } from '../../../../agents/grammar/grammars-of.ts';
import { loadProfile } from '../../../../agents/load-profile.ts';
import { readGrammar } from '../../../../services/speech-to-text/local/grammar.ts';
import { graphOf } from '../../../../services/speech-to-text/local/rule-graph.ts';
import type { WordGraph } from '../../../../services/speech-to-text/local/word-graph.ts';

const graph = (rules: Readonly<Record<string, string>>): WordGraph => graphOf(new Map(Object.entries(rules)), 'all');

/** All sentences of up to so many words, in alphabetical order. */
function sentences({ arcs, ends }: WordGraph, longest: number): string[] {
  const from = (state: number, words: readonly string[]): string[] => [
    ...(ends.has(state) ? [words.join(' ')] : []),
    ...(words.length === longest ? [] : [...(arcs[state] ?? [])].flatMap(([word, to]) => from(to, [...words, word]))),
  ];
  return from(0, []).sort();
}

describe('rule graph', () => {
  it('knows exactly the sentences of its rules', () => {
    const rules = { all: '[oh] <answer> [please] | no+ thanks', answer: 'yes | no | yes (i do | it is)' };
    expect(sentences(graph(rules), 3)).toEqual([
      'no',
      'no no thanks',
      'no please',
      'no thanks',
      'oh no',
      'oh no please',
      'oh yes',
      'oh yes please',
      'yes',
      'yes i do',
      'yes it is',
      'yes please',
    ]);
  });

  it('repeats none, one or more times', () => {
    expect(sentences(graph({ all: '(a | b)* c' }), 3)).toEqual(['a a c', 'a b c', 'a c', 'b a c', 'b b c', 'b c', 'c']);
  });

  it('joins ways that begin or end alike', () => {
    const { arcs, ends } = graph({ all: 'book a <what> | book the <what> | get a <what>', what: 'table | room' });
    expect(arcs.map((nexts) => Object.fromEntries(nexts))).toEqual([
      { book: 1, get: 2 },
      { a: 3, the: 3 },
      { a: 3 },
      { table: 4, room: 4 },
      {},
    ]);
    expect([...ends]).toEqual([4]);
  });

  it('says the same whatever way it is written', () => {
    expect(graph({ all: 'a [b] c' })).toEqual(graph({ all: '<x> | a c', x: 'a b c' }));
  });

  it('refuses a rule that uses itself, also by way of another', () => {
    expect(() => graph({ all: 'a <x>', x: 'b [<y>]', y: 'c <x>' })).toThrow(new SyntaxError('<x> uses itself'));
  });

  it('stays small for a whole concierge: each state costs time every 10 ms', () => {
    const grammars = Object.entries(grammarsOf(loadProfile('continental')));
    const sizes = grammars.map(([topic, text]) => readGrammar(topic, text).graph.arcs.length);
    expect(Math.max(...sizes)).toBeLessThan(800);
  });
});
