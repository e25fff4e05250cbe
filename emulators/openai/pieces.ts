import type { Random } from './seeded-random.ts';

const LONGEST = 6;

/**
 * Cuts a text as a model's tokens do not care about words: pieces of one to six characters, none of which splits a character
 * that takes two code units.
 */
export function piecesOf(text: string, random: Random): string[] {
  const characters = [...text];
  const pieces: string[] = [];
  while (characters.length > 0) pieces.push(characters.splice(0, 1 + Math.floor(random() * LONGEST)).join(''));
  return pieces;
}
