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

/** How often a file was asked about some mutants, and how many of them it found. */
interface Luck {
  readonly asked: number;
  readonly found: number;
}

/**
 * A test file, and what it is known to be good for: how long it takes, which states its tests enter, and how often it
 * found a mutant, above all one of the same state.
 *
 * Files are asked in the order of what a mutant found costs, so that the quick ones that know their way about a state come
 * first, and the walks of the whole chart see only what nobody else has found.
 */
export class Suite {
  #everywhere: Luck = { asked: 2, found: 1 };
  readonly #inState = new Map<string | undefined, Luck>();

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
    const { tests } = this.trace;
    const share = (this.testsFor(mutation)?.length ?? tests) / Math.max(1, tests);
    const { asked, found } = this.#inState.get(mutation.at) ?? { asked: 0, found: 0 };
    const general = this.#everywhere.found / this.#everywhere.asked;
    return (BEGINNING + share * Math.max(0, this.ms - BEGINNING)) / ((found + general) / (asked + 1));
  }

  learn({ at }: Mutation, found: boolean): void {
    this.#inState.set(at, after(this.#inState.get(at) ?? { asked: 0, found: 0 }, found));
    this.#everywhere = after(this.#everywhere, found);
  }
}

const after = ({ asked, found }: Luck, again: boolean): Luck => ({ asked: asked + 1, found: found + (again ? 1 : 0) });
