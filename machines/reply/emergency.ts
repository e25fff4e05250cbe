const plain = (text: string): string => ` ${(text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).join(' ')} `;

/** The first of the phrases that the text contains as whole words, whatever the punctuation; undefined when none. */
export function phraseIn(text: string, phrases: readonly string[]): string | undefined {
  const words = plain(text);
  return phrases.find((phrase) => words.includes(plain(phrase)));
}
