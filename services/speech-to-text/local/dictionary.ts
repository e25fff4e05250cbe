import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the recogniser's package keeps its acoustic models; ends in a separator, as the package wants it. */
export const MODEL_FOLDER = join(dirname(createRequire(import.meta.url).resolve('soundswallower')), 'model', '/');

/** A word, or a variant of it (`the(2)`), and its sounds in ARPABET. */
export type Pronunciation = readonly [word: string, phones: string];

let dictionary: ReadonlyMap<string, string> | undefined;

/** The pronouncing dictionary of the package: 134,783 entries, read once per process (60 ms) when first needed. */
function entries(): ReadonlyMap<string, string> {
  dictionary ??= new Map(
    readFileSync(join(MODEL_FOLDER, 'en-us', 'dict.txt'), 'utf8')
      .split('\n')
      .map((line): [string, string] => {
        const space = line.search(/\s/);
        return [line.slice(0, space), line.slice(space).trim()];
      }),
  );
  return dictionary;
}

/** All ways to say a word, empty for an unknown one. */
export function pronunciationsOf(word: string): Pronunciation[] {
  const found: Pronunciation[] = [];
  for (let variant = 1; ; variant += 1) {
    const entry = variant === 1 ? word : `${word}(${variant})`;
    const phones = entries().get(entry);
    if (phones === undefined) return found;
    found.push([entry, phones]);
  }
}
