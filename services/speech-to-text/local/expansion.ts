/** What a JSGF rule stands for, read. */
export type Expansion =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'rule'; readonly name: string }
  /** One after the other; none of them is `<NULL>`. */
  | { readonly kind: 'sequence'; readonly parts: readonly Expansion[] }
  | { readonly kind: 'choice'; readonly options: readonly Expansion[] }
  /** Once or more often. */
  | { readonly kind: 'repeated'; readonly part: Expansion };

const NOTHING: Expansion = { kind: 'sequence', parts: [] };
const TOKEN = /\/[\d.eE+-]+\/|<[^<>]*>|[()[\]|*+]|[^\s()[\]|*+<>]+|[<>]/g;
const WEIGHT = /^\/[\d.eE+-]+\/$/;

/**
 * Reads the right side of a JSGF rule, without comments and tags. Weights are read over: a word graph joins ways to say
 * something by their words, so none of them keeps a weight of its own.
 *
 * @throws SyntaxError naming what was expected and what was received
 * @example parseExpansion('[oh] (yes | no)+')
 */
export function parseExpansion(text: string): Expansion {
  const tokens = (text.match(TOKEN) ?? []).filter((token) => !WEIGHT.test(token));
  let at = 0;

  function choice(): Expansion {
    const options = [sequence()];
    while (tokens[at] === '|') {
      at += 1;
      options.push(sequence());
    }
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  function sequence(): Expansion {
    const parts: Expansion[] = [];
    for (let part = item(); part !== undefined; part = item()) parts.push(repetitions(part));
    if (parts.length === 0) throw new SyntaxError(`expected a word, received ${received()}`);
    return { kind: 'sequence', parts };
  }

  function item(): Expansion | undefined {
    const token = tokens[at];
    if (token === undefined || ['|', ')', ']'].includes(token)) return undefined;
    if (['*', '+', '<', '>'].includes(token)) throw new SyntaxError(`expected a word, received ${received()}`);
    at += 1;
    if (token === '(') return closed(')');
    if (token === '[') return { kind: 'choice', options: [closed(']'), NOTHING] };
    if (token === '<NULL>') return NOTHING;
    return token.startsWith('<') ? { kind: 'rule', name: token.slice(1, -1) } : { kind: 'word', word: token };
  }

  function closed(bracket: string): Expansion {
    const inner = choice();
    if (tokens[at] !== bracket) throw new SyntaxError(`expected "${bracket}", received ${received()}`);
    at += 1;
    return inner;
  }

  function repetitions(part: Expansion): Expansion {
    const sign = tokens[at];
    if (sign !== '*' && sign !== '+') return part;
    at += 1;
    const repeated: Expansion = { kind: 'repeated', part };
    return sign === '+' ? repeated : { kind: 'choice', options: [repeated, NOTHING] };
  }

  const received = (): string => (tokens[at] === undefined ? 'the end of the rule' : `"${tokens[at]}"`);
  const whole = choice();
  if (at < tokens.length) throw new SyntaxError(`expected the end of the rule, received ${received()}`);
  return whole;
}
