import { describe, expect, it } from '@jest/globals';
import { parseExpansion } from '../../../../services/speech-to-text/local/expansion.ts';

describe('expansion', () => {
  it('reads words, rules, brackets and repetitions', () => {
    expect(parseExpansion("[oh] /2/ <greeting> | i'd+ <NULL>")).toEqual({
      kind: 'choice',
      options: [
        {
          kind: 'sequence',
          parts: [
            {
              kind: 'choice',
              options: [
                { kind: 'sequence', parts: [{ kind: 'word', word: 'oh' }] },
                { kind: 'sequence', parts: [] },
              ],
            },
            { kind: 'rule', name: 'greeting' },
          ],
        },
        {
          kind: 'sequence',
          parts: [
            { kind: 'repeated', part: { kind: 'word', word: "i'd" } },
            { kind: 'sequence', parts: [] },
          ],
        },
      ],
    });
  });

  it.each([
    ['(yes | no', 'expected ")", received the end of the rule'],
    ['yes | ', 'expected a word, received the end of the rule'],
    ['yes (*) no', 'expected a word, received "*"'],
    ['yes ] no', 'expected the end of the rule, received "]"'],
    ['<greet ing', 'expected a word, received "<"'],
  ])('refuses %s', (text, message) => {
    expect(() => parseExpansion(text)).toThrow(new SyntaxError(message));
  });
});
