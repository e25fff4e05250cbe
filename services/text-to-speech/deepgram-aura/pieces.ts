import { MAXIMUM_SPEAK_CHARACTERS } from './limits.ts';

/** A text that is spoken with one flush: a sentence, a part of a long one, or several short ones. */
export interface Piece {
  /** The sentence that its audio belongs to; of several, the first. */
  readonly index: number;
  readonly text: string;
  /** The sentences that end with it. */
  readonly ends: readonly number[];
}

/** Cuts a sentence where the vendor's limit demands it, at spaces where there are any. Without a word, its text is empty. */
export function piecesOf(index: number, sentence: string): readonly Piece[] {
  const texts: string[] = [];
  let rest = /[\p{L}\p{N}]/u.test(sentence) ? sentence.trim() : '';
  while (rest.length > MAXIMUM_SPEAK_CHARACTERS) {
    const cut = cutBefore(rest, MAXIMUM_SPEAK_CHARACTERS);
    texts.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  texts.push(rest);
  return texts.map((text, part) => ({ index, text, ends: part === texts.length - 1 ? [index] : [] }));
}

/**
 * Takes what is spoken next from the front of `waiting`.
 *
 * All audio of joined sentences counts as the first one's, since nothing tells where the second begins: a history that is
 * cut by what was heard may then hold too little, but never too much.
 *
 * @param most characters of all that is taken together; a single piece is taken whatever its length
 */
export function takeJoined(waiting: Piece[], most: number): Piece | undefined {
  let joined = waiting.shift();
  for (let next = waiting[0]; joined && next; next = waiting[0]) {
    const text: string = [joined.text, next.text].filter((part) => part !== '').join(' ');
    if (text.length > Math.min(most, MAXIMUM_SPEAK_CHARACTERS)) break;
    joined = { index: joined.index, text, ends: [...joined.ends, ...next.ends] };
    waiting.shift();
  }
  return joined;
}

/** The last place to cut `text` so that at most `most` UTF-16 units come before it, and no character is torn apart. */
function cutBefore(text: string, most: number): number {
  const space = text.lastIndexOf(' ', most);
  if (space > 0) return space;
  const tears = /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return tears ? most - 1 : most;
}
