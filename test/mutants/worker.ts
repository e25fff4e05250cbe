import { fileURLToPath } from 'node:url';
import { runCLI } from 'jest';
import { MUTANT_VARIABLE } from './mutated.ts';

/** Asks a worker to run one test file with one mutant, or with the chart as it is. */
export interface Errand {
  readonly mutant?: string;
  /** Relative to the root of the project. */
  readonly file: string;
}

/** What came of it. */
export interface Outcome {
  readonly passed: boolean;
  /** The first test that failed, or why the file could not run. */
  readonly firstFailure?: string;
  readonly ms: number;
  /** Memory of the worker now (bytes). Each run of Jest leaves some behind. */
  readonly memory: number;
}

const CONFIG = fileURLToPath(new URL('jest.config.mjs', import.meta.url));

/** One test file in this process, by Jest itself. */
async function run({ mutant, file }: Errand): Promise<Outcome> {
  // Jest gives each test file a copy of the environment as it is when the file begins.
  if (mutant === undefined) delete process.env[MUTANT_VARIABLE];
  else process.env[MUTANT_VARIABLE] = mutant;
  const begun = performance.now();
  const { results } = await runCLI(
    { _: [file], $0: '', config: CONFIG, runInBand: true, runTestsByPath: true, silent: true, watchman: false } as Argv,
    [CONFIG],
  );
  const failed = results.testResults.find(({ numFailingTests, testExecError }) => numFailingTests > 0 || testExecError);
  const test = failed?.testResults.find(({ status }) => status === 'failed');
  const firstFailure = test?.fullName ?? failed?.testExecError?.message.split('\n')[0];
  return {
    passed: results.success && results.numPassedTests > 0,
    ...(firstFailure !== undefined && { firstFailure }),
    ms: performance.now() - begun,
    memory: process.memoryUsage().rss,
  };
}

type Argv = Parameters<typeof runCLI>[0];

process.on('message', async (errand: Errand) => {
  process.send?.(await run(errand));
});
