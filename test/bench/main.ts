import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { type LatencySuite, latencyTable, percentile } from './latency.ts';
import { measureGroup } from './measure.ts';
import type { BenchRow, BenchSuite } from './suite.ts';
import { table } from './table.ts';

/** `npm run bench`: measures the suites that are named, or all of them. */
const folder = new URL('./suites/', import.meta.url);
const known = (await readdir(folder)).map((file) => file.replace(/\.ts$/, '')).sort();

interface Options {
  readonly time: number;
  readonly only?: string;
  readonly json?: true;
}

await new Command('npm run bench --')
  .description('Measures how fast the parts are. Compare figures of one run only.')
  .argument('[suites...]', `what to measure: ${known.join(', ')} (default: all)`)
  .option('--time <ms>', 'how long to measure each case', milliseconds, 500)
  .option('--only <text>', 'only groups whose title contains this')
  .option('--json', 'one JSON object a line instead of tables')
  .addHelpText('after', '\nExample: npm run bench -- codecs --only resample --time 1000')
  .action(run)
  .parseAsync();

async function run(suites: string[], { time, only = '', json }: Options, command: Command): Promise<void> {
  const unknown = suites.filter((name) => !known.includes(name));
  if (unknown.length > 0) command.error(`no suite named ${unknown.join(', ')}: expected ${known.join(', ')}`);
  if (json === undefined) print(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`);
  for (const name of suites.length > 0 ? suites : known) {
    const { suite }: { suite: BenchSuite | LatencySuite } = await import(new URL(`${name}.ts`, folder).href);
    if (json === undefined) print(`\n${name}: ${suite.about}\n`);
    if ('scenarios' in suite) {
      await runScenarios(name, suite, time, only, json === true);
      continue;
    }
    const groups = (await suite.groups()).filter(({ title }) => title.includes(only));
    for (const group of groups) report(await measureGroup(name, group, time), json === true);
  }
}

async function runScenarios(suite: string, { scenarios }: LatencySuite, time: number, only: string, json: boolean) {
  for (const { title, run } of scenarios.filter((scenario) => scenario.title.includes(only))) {
    const stages = await run(time);
    if (!json) print(`\n${latencyTable(title, stages)}`);
    for (const { name, samplesMs, bareMs } of json ? stages : []) {
      const [p50, p95] = [0.5, 0.95].map((share) => percentile(samplesMs, share));
      const bareP50 = bareMs && percentile(bareMs, 0.5);
      const row = { suite, group: title, name, unit: 'ms', p50, p95, bareP50, samples: samplesMs.length };
      print(`${JSON.stringify(row)}\n`);
    }
  }
}

function report(rows: readonly BenchRow[], json: boolean): void {
  print(json ? rows.map((row) => `${JSON.stringify(row)}\n`).join('') : `\n${table(rows)}`);
}

function print(text: string): void {
  process.stdout.write(text);
}

function milliseconds(text: string): number {
  const value = Number(text);
  if (!(value >= 1 && value <= 600_000)) throw new InvalidArgumentError('Expected 1 to 600000.');
  return value;
}
