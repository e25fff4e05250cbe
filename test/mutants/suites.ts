import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutation } from './mutation.ts';
import type { Trace } from './trace.ts';

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

/** What a file takes before its first test begins (ms). */
const BEGINNING = 150;

/**
 * A test file, and what it is known to be good for: how long it takes, which states its tests enter, and how often of late
 * it found a mutant.
 *
 * Files are asked in the order of what a mutant found costs, so that the quick ones that find the mistakes of the present
 * neighbourhood come first, and the walks of the whole chart see only what nobody else has found.
 */
export class Suite {
  /** Share of the mutants it found, the last ones counting most. */
  #luck = 0.5;

  constructor(
    readonly file: string,
    /** How long it takes with the chart as it is. */
    readonly ms: number,
    readonly trace: Trace,
  ) {}

  /** The tests that may notice, by name; undefined: all. */
  testsFor({ at }: Mutation): readonly string[] | undefined {
    return at === undefined ? undefined : this.trace.testsThatEnter(at);
  }

  /** What it costs to find a mutant here (ms). */
  costOf(mutation: Mutation): number {
    const share = (this.testsFor(mutation)?.length ?? this.trace.tests) / Math.max(1, this.trace.tests);
    // Never without any hope: everyone may be lucky once.
    return (BEGINNING + share * Math.max(0, this.ms - BEGINNING)) / Math.max(this.#luck, 0.01);
  }

  learn(found: boolean): void {
    this.#luck = 0.9 * this.#luck + (found ? 0.1 : 0);
  }
}
