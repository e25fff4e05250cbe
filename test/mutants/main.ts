import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CHARTS, type MutableChart } from './charts.ts';
import { type Choice, choose } from './choose.ts';
import { examine, RedTests, type Verdict } from './examine.ts';
import { mutationsOf } from './mutations-of.ts';
import { reportOn } from './report.ts';
import { SURVIVORS } from './survivors.ts';

type ChartName = keyof typeof CHARTS;

interface Options extends Choice {
  readonly chart?: ChartName;
  readonly jobs: number;
  readonly list?: true;
  readonly verbose?: true;
  readonly walks?: true;
}

const NAMES = Object.keys(CHARTS) as ChartName[];

/** `npm run test:mutants`: whether the tests notice every mistake that could be made in a chart. */
await new Command('npm run test:mutants --')
  .description('Makes one mistake after the other in the charts, and runs the tests until one of them notices it.')
  .addOption(new Option('--chart <name>', 'only this chart').choices(NAMES))
  .option('--only <pattern>', 'only mutants whose id matches this regular expression', expression)
  .option('--sample <n>', 'only so many of them, drawn by lot for each chart', whole)
  .option('--seed <n>', 'which lot is drawn', whole, 1)
  .option('--jobs <n>', 'how many processes work at the same time', whole, availableParallelism())
  .option('--walks', 'also walk the whole chart with those that all other tests let live: a minute for each')
  .option('--list', 'print the ids and run nothing')
  .option('--verbose', 'print each verdict, and which test killed the mutant')
  .addHelpText('after', '\nExample: npm run test:mutants -- --only "conversation.listening" --verbose')
  .action(run)
  .parseAsync();

async function run({ chart, jobs, list, verbose, walks, ...choice }: Options, command: Command): Promise<void> {
  const chosen = (chart === undefined ? NAMES : [chart]).map((name) => {
    const { machine, ...tests }: MutableChart = CHARTS[name];
    return {
      suites: [...tests.suites, ...(walks ? tests.walks : [])],
      mutations: choose(mutationsOf(machine), choice),
    };
  });
  const total = chosen.reduce((sum, { mutations }) => sum + mutations.length, 0);
  if (total === 0) command.error('no mutant has such an id: see --list');
  if (list) {
    for (const { id } of chosen.flatMap(({ mutations }) => mutations)) print(`${id}\n`);
    return;
  }
  const begun = Date.now();
  const verdicts: Verdict[] = [];
  for (const { suites, mutations } of chosen) {
    if (mutations.length === 0) continue;
    await examine({
      suites,
      mutations,
      jobs,
      onVerdict: (verdict) => {
        verdicts.push(verdict);
        if (verbose) print(`${verdict.mutation.id}\n    ${verdict.killedBy ?? 'SURVIVED'}\n`);
        else if (verdicts.length % 50 === 0 || verdicts.length === total)
          print(`${verdicts.length} of ${total} after ${seconds(begun)} s\n`);
      },
    }).catch((error: unknown) => {
      if (error instanceof RedTests) command.error(error.message);
      throw error;
    });
  }
  const everything = chart === undefined && choice.only === undefined && choice.sample === undefined;
  const { table, problems } = reportOn(verdicts, SURVIVORS, everything);
  print(`\n${table}\n\n${total} mutants in ${seconds(begun)} s with ${jobs} processes\n`);
  for (const problem of problems) print(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(0);
}

function print(text: string): void {
  process.stdout.write(text);
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Expected a whole number from 1.');
  return value;
}

function expression(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
