import { UNINTELLIGIBLE } from './events.ts';

/** The words alone, lower case: "Uh-huh, yeah." becomes uh · huh · yeah. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** Each list of phrases is taken apart once: every word of the caller is held against it, on its way to a cut. */
const takenApart = new WeakMap<readonly string[], readonly (readonly string[])[]>();

/** The words of each phrase, those of the longest first. */
function longestFirstOf(phrases: readonly string[]): readonly (readonly string[])[] {
  const known = takenApart.get(phrases);
  if (known) return known;
  const longestFirst = phrases.map(wordsOf).sort((a, b) => b.length - a.length);
  takenApart.set(phrases, longestFirst);
  return longestFirst;
}

/**
 * Whether the text is nothing but back-channel phrases ("mm", "yeah okay"): a sign of listening, not a turn.
 *
 * @param phrases never changed once they were used here
 */
export function isBackChannel(text: string, phrases: readonly string[]): boolean {
  const words = wordsOf(text);
  const longestFirst = longestFirstOf(phrases);
  let at = 0;
  while (at < words.length) {
    const phrase = longestFirst.find((candidate) => candidate.every((word, index) => word === words[at + index]));
    if (!phrase) return false;
    at += phrase.length;
  }
  return words.length > 0;
}

/** Whether two texts are the same words, whatever their case and punctuation. */
export function saysTheSame(one: string, other: string): boolean {
  const [words, others] = [wordsOf(one), wordsOf(other)];
  return words.length === others.length && words.every((word, index) => word === others[index]);
}

/** Whether the caller said words that carry meaning: not noise, not mumbling, not mere back-channel. */
export const carriesMeaning = (text: string, backChannel: readonly string[]): boolean =>
  text.trim() !== '' && text !== UNINTELLIGIBLE && !isBackChannel(text, backChannel);
