import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The test files at and below some places of the project.
 *
 * @param places files, or folders of which all `*.test.ts` are meant
 * @returns paths from the root of the project, with `/`, sorted
 */
export async function testFiles(places: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    places.map(async (place) => {
      if (place.endsWith('.ts')) return [place];
      const entries = await readdir(join(ROOT, place), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
    }),
  );
  return found.flat().sort();
}

/**
 * A test file, and what it is known to be good for: how long it takes, and how often of late it found a mutant.
 *
 * Files are asked in the order of what a mutant found costs, so that the quick ones that find the mistakes of the present
 * neighbourhood come first, and the walks of the whole chart see only what nobody else has found.
 */
export class Suite {
  /** Share of the mutants it found, the last ones counting most. Never zero: everyone may be lucky once. */
  #luck = 0.5;

  constructor(
    readonly file: string,
    /** How long it takes with the chart as it is. */
    readonly ms: number,
  ) {}

  get cost(): number {
    return this.ms / Math.max(this.#luck, 0.01);
  }

  learn(found: boolean): void {
    this.#luck = 0.9 * this.#luck + (found ? 0.1 : 0);
  }
}
