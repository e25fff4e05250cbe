import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { writeReport } from '../../visualizations/coverage/write-report.ts';
import { orderLine, runOrderScripts, THOROUGH_ORDERS } from '../model/orders/run-order-scripts.ts';
import { MODELS } from '../model/views.ts';
import { listPaths } from './list-paths.ts';
import { runPaths, runPathsInThreads } from './run-paths.ts';
import { allIsWell, summaryOf } from './summary.ts';

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A seed is a whole number from 0 to 999999999.');
  return Number(text);
}

const DEFAULT_FOLDER = fileURLToPath(new URL('../../visualizations/coverage/report', import.meta.url));

interface Options {
  readonly all?: true;
  readonly list?: true;
  readonly report?: true | string;
  readonly seed: number;
}

/** `npm run test:paths`: walks every chart of the product on a virtual clock. */
const command = new Command('npm run test:paths')
  .usage('-- [options]')
  .description(
    'Walks every statechart of the product, with tests generated from the charts themselves: each transition, both outcomes of each guard, pure against live, every law after every step. On a virtual clock: minutes of calls take seconds.',
  )
  .option(
    '--all',
    'the thorough set: every event in every state of every view; then the orders of the recogniser, and all walks over real sockets',
  )
  .option('--list', 'walk nothing; print the shortest path to every state, in words (by @xstate/graph)')
  .option('--seed <number>', 'try events in another order, and so take other walks', seedOf, 0)
  .option(
    '--report [folder]',
    'write index.html for people, coverage.json and junit.xml (into visualizations/coverage/report)',
  )
  .addHelpText(
    'after',
    '\nExit codes: 0 all goals reached and all laws kept, 1 not so: what, and the walk that shows it, 2 wrong usage',
  )
  .showHelpAfterError('See npm run test:paths -- --help')
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

const { all, list, report, seed } = command.parse().opts<Options>();

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

if (list) for (const model of MODELS) for (const line of listPaths(model)) process.stdout.write(`${line}\n`);
else await walkAll();

async function walkAll(): Promise<void> {
  const { isTTY } = process.stderr;
  const clear = '\r\u001b[K';
  const onProgress = (doing: string): void => {
    if (isTTY) process.stderr.write(`${clear}${doing}`);
  };
  const coverage = all
    ? await runPathsInThreads(MODELS, { set: 'thorough', seed, onProgress })
    : runPaths(MODELS, { set: 'smoke', seed, onProgress });
  if (isTTY) process.stderr.write(clear);
  process.stdout.write(summaryOf(coverage));
  if (report !== undefined) {
    const folder = report === true ? DEFAULT_FOLDER : report;
    const machines = MODELS.map(({ machine }) => machine);
    process.stdout.write(`report: ${await writeReport(coverage, machines, folder)}\n`);
  }
  if (!allIsWell(coverage)) process.exitCode = 1;
  if (!all) return;
  onProgress('orders of the recogniser: a minute or two');
  const orders = runOrderScripts(THOROUGH_ORDERS);
  if (isTTY) process.stderr.write(clear);
  for (const broken of orders.broken) process.stdout.write(`orders: ${JSON.stringify(broken)}\n`);
  process.stdout.write(`${orderLine(orders)}\n`);
  if (orders.broken.length > 0) process.exitCode = 1;
  // The whole server comes with it: only who asks for it pays for it.
  const [{ runWireWalks }, { wireVerdict }] = await Promise.all([import('../wire/run.ts'), import('./wire-lines.ts')]);
  const startedAt = performance.now();
  const result = await runWireWalks({
    all,
    ...(seed > 0 && { seed }),
    onProgress: (done, walks) => onProgress(`wire: ${done} of ${walks} walks`),
  });
  if (isTTY) process.stderr.write(clear);
  const { text, well } = wireVerdict(result, (performance.now() - startedAt) / 1000);
  process.stdout.write(text);
  if (!well) process.exitCode = 1;
}
