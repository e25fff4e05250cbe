/** Words whose full stop does not end a sentence. */
const ABBREVIATIONS = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'prof',
  'st',
  'jr',
  'sr',
  'vs',
  'tel',
  'ext',
  'approx',
  'dept',
  'est',
  'inc',
  'ltd',
  'co',
  'mt',
  'ave',
  'blvd',
  'rd',
  'jan',
  'feb',
  'mar',
  'apr',
  'jun',
  'jul',
  'aug',
  'sep',
  'sept',
  'oct',
  'nov',
  'dec',
  'e.g',
  'i.e',
  'etc',
]);

/** A terminator with its closing quotes, then space and the next visible character; or a blank line. */
const BOUNDARY = /([.!?]+["'”’)\]]*)(\s+)(?=(\S))|\n\s*\n/g;

/**
 * Takes the complete sentences off the front of a growing text.
 *
 * A sentence ends at `.`, `!` or `?` before white space, or at a blank line; not behind an abbreviation ("Dr. Lee"), an
 * initial ("J. Smith") or inside a number ("3.5", "No. 7"). "7 p.m." ends one only when a capital letter follows. The character
 * behind the space must be visible first, so the last sentence stays in `rest` until the text goes on or ends.
 *
 * @example takeSentences('Breakfast is at 7. It is fr') // { sentences: ['Breakfast is at 7.'], rest: 'It is fr' }
 */
export function takeSentences(text: string): { sentences: string[]; rest: string } {
  const sentences: string[] = [];
  let from = 0;
  for (const match of text.matchAll(BOUNDARY)) {
    const end = match.index + (match[1]?.length ?? 0);
    if (match[1] !== undefined && !endsSentence(text.slice(from, match.index), match[1], match[3] ?? '')) continue;
    const sentence = text.slice(from, end).trim();
    if (sentence !== '') sentences.push(sentence);
    from = match.index + match[0].length;
  }
  return { sentences, rest: text.slice(from) };
}

function endsSentence(before: string, terminator: string, next: string): boolean {
  if (!terminator.startsWith('.') || terminator.startsWith('..')) return true;
  const word = before.match(/\S+$/)?.[0].replace(/^["'“‘([]+/, '') ?? '';
  const startsNew = /[\p{Lu}"“‘(]/u.test(next);
  if (/^[ap]\.m$/i.test(word)) return startsNew;
  if (/^\p{Lu}$/u.test(word)) return word === 'I';
  if (/^no$/i.test(word)) return !/\d/.test(next);
  return !ABBREVIATIONS.has(word.toLowerCase());
}
