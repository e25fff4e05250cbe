import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Death, Worker } from './crew.ts';
import type { Errand, Outcome } from './errand.ts';
import type { Mutation } from './mutation.ts';
import { Suite, testFiles } from './suites.ts';
import { Trace } from './trace.ts';

/** What the tests said to one mutant. */
export interface Verdict {
  readonly mutation: Mutation;
  /** The test that noticed it, as `file: test`; undefined when all are green: the mutant survived. */
  readonly killedBy: string | undefined;
}

export interface Examination {
  readonly mutations: readonly Mutation[];
  /** Test files and folders, from the root of the project. */
  readonly suites: readonly string[];
  /** How many processes work at the same time. */
  readonly jobs: number;
  /** Told of each verdict as it is known; their order is not that of the mutations. */
  readonly onVerdict?: (verdict: Verdict) => void;
}

/** The tests do not pass with the chart as it is, so they would kill every mutant. */
export class RedTests extends Error {
  override readonly name = 'RedTests';
}

/** What a file may take, with a chart as it is and with a mutant, whatever else the machine does (ms). */
const PATIENCE = 300_000;
const patienceFor = ({ ms }: Suite): number => 30_000 + 10 * ms;

/**
 * Runs the tests against each mutant until one is red.
 *
 * @returns one verdict for each mutation, in their order
 * @throws RedTests before any mutant is run
 */
export async function examine(examination: Examination): Promise<readonly Verdict[]> {
  const { mutations, jobs, onVerdict } = examination;
  const crew = Array.from({ length: Math.min(jobs, mutations.length) }, () => new Worker());
  const verdicts = new Map<Mutation, Verdict>();
  try {
    const suites = await rehearse(crew, await testFiles(examination.suites));
    await inParallel(crew, mutations, async (worker, mutation) => {
      const verdict = { mutation, killedBy: await killerOf(mutation, suites, worker) };
      verdicts.set(mutation, verdict);
      onVerdict?.(verdict);
    });
  } finally {
    for (const worker of crew) worker.end();
  }
  return mutations.flatMap((mutation) => verdicts.get(mutation) ?? []);
}

/** All files with the chart as it is: they must be green, and show how long they take and where they go. */
async function rehearse(crew: readonly Worker[], files: readonly string[]): Promise<readonly Suite[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
  const suites: Suite[] = [];
  try {
    await inParallel(crew, files, async (worker, file) => {
      const traceTo = join(folder, `${files.indexOf(file)}.jsonl`);
      await writeFile(traceTo, '');
      const outcome = await worker.run({ file, traceTo }, PATIENCE);
      if (!isGreen(outcome)) throw new RedTests(`without any mutant, ${failureIn(file, outcome)}`);
      suites.push(new Suite(file, outcome.ms, new Trace(await readFile(traceTo, 'utf8'))));
    });
  } finally {
    await rm(folder, { recursive: true });
  }
  return suites;
}

async function killerOf(mutation: Mutation, suites: readonly Suite[], worker: Worker): Promise<string | undefined> {
  for (const suite of suites.toSorted((a, b) => a.costOf(mutation) - b.costOf(mutation))) {
    const tests = suite.testsFor(mutation);
    if (tests?.length === 0) continue;
    const errand: Errand = { file: suite.file, mutant: mutation.id, ...(tests && { tests }) };
    let outcome = await worker.run(errand, patienceFor(suite));
    // What ended the process may have been left behind by the errand before.
    if ('diedOf' in outcome) outcome = await worker.run(errand, patienceFor(suite));
    const killed = !isGreen(outcome);
    suite.learn(mutation, killed);
    if (killed) return failureIn(suite.file, outcome);
  }
  return undefined;
}

/** Each worker takes the next piece of work as soon as it is free. */
async function inParallel<T>(
  crew: readonly Worker[],
  work: readonly T[],
  take: (worker: Worker, piece: T) => Promise<void>,
): Promise<void> {
  const open = work.values();
  await Promise.all(
    crew.map(async (worker) => {
      for (const piece of open) await take(worker, piece);
    }),
  );
}

const isGreen = (outcome: Outcome | Death): outcome is Outcome => 'passed' in outcome && outcome.passed;

const failureIn = (file: string, outcome: Outcome | Death): string =>
  `${file}: ${'diedOf' in outcome ? outcome.diedOf : (outcome.firstFailure ?? 'no test ran')}`;
