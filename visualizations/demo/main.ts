import { styleText } from 'node:util';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { describeRecord } from '../../journal/describe-record.ts';
import { wentWell } from './callers/call-result.ts';
import { describeCallers } from './callers/describe-callers.ts';
import { runCallers, STAGGER_MS } from './callers/run-callers.ts';
import { runDemo } from './run-demo.ts';
import { wrap } from './wrap.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** More than a machine of two cores can hear at the same time. */
const MOST_CALLERS = 100;

function callersFrom(text: string): number {
  const callers = Number(text);
  if (Number.isInteger(callers) && callers >= 1 && callers <= MOST_CALLERS) return callers;
  throw new InvalidArgumentError(`expected a number from 1 to ${MOST_CALLERS}, received ${JSON.stringify(text)}`);
}

const command = new Command('demo')
  .usage('-- [options]')
  .name('npm run demo')
  .description(
    'A whole phone call on this machine, with no key and no network: live, then its record.\n\n' +
      "Starts the server on a free port with the local engines, and calls it with the phone emulator. The caller's lines " +
      'are synthesised in another voice and recognised from their sound alone. Takes a minute and a half of real time and ' +
      'ends by itself.',
  )
  .option('--vendors', "Deepgram and OpenAI over their SDKs, against the vendors' emulators")
  .option(
    '--callers <number>',
    `that many at the same time, dialling ${STAGGER_MS} ms apart: a table instead of the live view; with --vendors, also the ` +
      'sound, frame by frame, and what each interruption stopped',
    callersFrom,
  )
  .option('--logs <folder>', 'where the journal and the recording go', 'logs')
  .addHelpText('after', '\nExit codes: 0 everything went as it should, 1 something did not, 2 wrong usage')
  .allowExcessArguments(false)
  .exitOverride();

interface Options {
  readonly callers?: number;
  readonly logs: string;
  readonly vendors?: boolean;
}

async function callTogether(callers: number, directory: string, vendors: boolean): Promise<number> {
  const result = await runCallers({ callers, directory, vendors, print });
  print(`\n${describeCallers(result)}`);
  return result.calls.every(wentWell) ? 0 : 1;
}

async function main(): Promise<number> {
  const { callers, logs, vendors = false } = command.parse().opts<Options>();
  if (callers !== undefined) return callTogether(callers, logs, vendors);
  const terminal = process.stdout.isTTY === true;
  const colour = terminal && !process.env.NO_COLOR;
  const width = terminal ? process.stdout.columns : undefined;
  const { record, findings, journalFile, wavFile } = await runDemo({
    directory: logs,
    print,
    colour,
    vendors,
    ...(width === undefined ? {} : { width }),
  });
  print(`\n${describeRecord(record)}\n`);
  for (const { holds, what, seen } of findings) {
    const sign = holds ? '✓' : '✗';
    const [first = '', ...more] = wrap(`${what}: ${seen}`, (width ?? Number.POSITIVE_INFINITY) - 2);
    print(`${colour ? styleText(holds ? 'green' : 'red', sign) : sign} ${first}`);
    for (const line of more) print(`  ${line}`);
  }
  print(`\nListen:    ${wavFile} (caller left, agent right)`);
  print(`Replay:    npm run replay -- ${journalFile}`);
  print('Call it:   npm start, and in another terminal npm run call -- --interactive');
  return findings.every(({ holds }) => holds) ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
