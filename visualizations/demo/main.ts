import { parseArgs, styleText } from 'node:util';
import { describeRecord } from '../../journal/describe-record.ts';
import { runDemo } from './run-demo.ts';

const HELP = `A whole phone call on this machine, with no key and no network.

  npm run demo                    shows the call live, then its record
  npm run demo -- --logs FOLDER   where the journal and the recording go (default: logs)

Starts the server on a free port with the local engines, and calls it with the phone emulator. The caller's lines are
synthesised in another voice and recognised from their sound alone. Takes about a minute and a half of real time, ends by
itself, and exits with 1 if anything did not go as it should.
`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' }, logs: { type: 'string', default: 'logs' } },
  });
  if (values.help) {
    print(HELP);
    return 0;
  }
  const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const { record, findings, journalFile, wavFile } = await runDemo({ directory: values.logs, print, colour });
  print(`\n${describeRecord(record)}\n`);
  for (const { holds, what, seen } of findings) {
    const sign = holds ? '✓' : '✗';
    print(`${colour ? styleText(holds ? 'green' : 'red', sign) : sign} ${what}: ${seen}`);
  }
  print(`\nRecording (caller left, agent right): ${wavFile}\nJournal: ${journalFile}`);
  print(`Replay it: npm run replay -- ${journalFile}`);
  return findings.every(({ holds }) => holds) ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
});
