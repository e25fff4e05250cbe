/**
 * A way to say something, with its variants, in the notation of a JSGF rule expansion: `(when | what time) is [the]
 * breakfast`. Brackets mean optional, `|` separates alternatives, `<slot>` stands for any value of that slot.
 *
 * The same text is a rule of the recogniser's grammar and a source of example sentences for intent classification, so
 * that what can be heard and what can be understood never drift apart.
 */
export type Phrase =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Phrase[] }
  | { readonly kind: 'choice'; readonly options: readonly Phrase[] }
  | { readonly kind: 'optional'; readonly part: Phrase };

/** Why a phrase cannot be read; the message shows the phrase. */
export class PhraseError extends Error {
  override readonly name = 'PhraseError';
}

const TOKEN = /\s*(?:(<[a-zA-Z]+>)|([a-z][a-z'.-]*)|([()[\]|]))/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[0].trim();
    if (token === undefined) {
      throw new PhraseError(`phrase "${text}": unexpected "${text.slice(at).trim().charAt(0)}" (words are lower case)`);
    }
    tokens.push(token);
  }
  return tokens;
}

/**
 * Reads a phrase.
 *
 * @throws PhraseError when brackets do not match or a character is no part of the notation
 */
export function parsePhrase(text: string): Phrase {
  const tokens = tokensOf(text);
  let next = 0;
  const closing = (bracket: string): void => {
    if (tokens[next] !== bracket) {
      throw new PhraseError(`phrase "${text}": expected "${bracket}", found "${tokens[next] ?? 'the end'}"`);
    }
    next += 1;
  };
  const alternatives = (): Phrase => {
    const options = [sequence()];
    while (tokens[next] === '|') {
      next += 1;
      options.push(sequence());
    }
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  };
  const sequence = (): Phrase => {
    const parts: Phrase[] = [];
    for (let token = tokens[next]; token !== undefined && !'|)]'.includes(token); token = tokens[next]) {
      next += 1;
      if (token === '(') {
        parts.push(alternatives());
        closing(')');
      } else if (token === '[') {
        parts.push({ kind: 'optional', part: alternatives() });
        closing(']');
      } else if (token.startsWith('<')) {
        parts.push({ kind: 'rule', name: token.slice(1, -1) });
      } else {
        parts.push({ kind: 'word', word: token });
      }
    }
    if (parts.length === 0) throw new PhraseError(`phrase "${text}": an alternative is empty`);
    return { kind: 'sequence', parts };
  };
  const phrase = alternatives();
  if (next < tokens.length) throw new PhraseError(`phrase "${text}": unexpected "${tokens[next]}"`);
  return phrase;
}

/** What stands for a `<slot>` in a sentence; `withoutSlots` leaves it out: `book a <room> room` gives `book a room`. */
export type SlotText = (rule: string) => string;
export const withoutSlots: SlotText = () => '';
export const withSlots: SlotText = (rule) => `<${rule}>`;

/** All sentences that a phrase stands for. */
export function sentencesOf(phrase: Phrase, slotText: SlotText): string[] {
  switch (phrase.kind) {
    case 'word':
      return [phrase.word];
    case 'rule':
      return [slotText(phrase.name)];
    case 'optional':
      return ['', ...sentencesOf(phrase.part, slotText)];
    case 'choice':
      return phrase.options.flatMap((option) => sentencesOf(option, slotText));
    case 'sequence':
      return phrase.parts.reduce<string[]>(
        (heads, part) => {
          const tails = sentencesOf(part, slotText);
          return heads.flatMap((head) => tails.map((tail) => `${head} ${tail}`.trim()));
        },
        [''],
      );
  }
}

/** How many sentences {@link sentencesOf} gives; counted without making them. */
export function countSentences(phrase: Phrase): number {
  switch (phrase.kind) {
    case 'word':
    case 'rule':
      return 1;
    case 'optional':
      return 1 + countSentences(phrase.part);
    case 'choice':
      return phrase.options.reduce((sum, option) => sum + countSentences(option), 0);
    case 'sequence':
      return phrase.parts.reduce((product, part) => product * countSentences(part), 1);
  }
}

/** The rules that a phrase names, each once. */
export function rulesOf(phrase: Phrase): ReadonlySet<string> {
  switch (phrase.kind) {
    case 'word':
      return new Set();
    case 'rule':
      return new Set([phrase.name]);
    case 'optional':
      return rulesOf(phrase.part);
    case 'choice':
      return new Set(phrase.options.flatMap((option) => [...rulesOf(option)]));
    case 'sequence':
      return new Set(phrase.parts.flatMap((part) => [...rulesOf(part)]));
  }
}
