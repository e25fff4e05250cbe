import { fileURLToPath } from 'node:url';
import { runCLI } from 'jest';
import { type Errand, type Outcome, VARIABLES } from './errand.ts';

type Arguments = Parameters<typeof runCLI>[0];

const CONFIG = fileURLToPath(new URL('jest.config.mjs', import.meta.url));

/** One test file in this process, by Jest itself. */
async function run({ file, mutant, tests, traceTo }: Errand): Promise<Outcome> {
  // Jest gives each test file a copy of the environment as it is when the file begins.
  for (const [name, value] of [
    [VARIABLES.mutant, mutant],
    [VARIABLES.traceTo, traceTo],
  ] as const)
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  const begun = performance.now();
  const { results } = await runCLI(
    {
      _: [file],
      $0: '',
      config: CONFIG,
      runInBand: true,
      runTestsByPath: true,
      silent: true,
      watchman: false,
      ...(tests && { testNamePattern: `^(${tests.map(literally).join('|')})$` }),
    } as Arguments,
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

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

process.on('message', async (errand: Errand) => {
  process.send?.(await run(errand));
});
