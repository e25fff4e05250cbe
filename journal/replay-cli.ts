import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { callRecord } from './call-record.ts';
import { describeRecord } from './describe-record.ts';
import { describeStep } from './describe-step.ts';
import { parseJournal } from './entry.ts';
import { chartFingerprint } from './fingerprint.ts';
import { replay } from './replay.ts';

const HELP = `Runs a past call again through the chart and prints it.

  npm run replay -- logs/CA….jsonl            every event, the state it led to, then the record
  npm run replay -- logs/CA….jsonl --record   the record alone: transcript, waits, interruptions, end
  npm run replay -- logs/CA….jsonl --json     the record as JSON

Exit code 0: the chart of today does what the call did. 1: it parts from it; the entry is named. 2: no such journal.
`;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, record: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    print(HELP);
    return values.help ? 0 : 2;
  }
  const journal = parseJournal(await readFile(file, 'utf8'));
  const record = callRecord(journal);
  if (values.json) print(JSON.stringify(record, null, 2));
  else {
    if (!values.record) for (const step of replay(journal)) print(describeStep(step));
    print(`${values.record ? '' : '\n'}${describeRecord(record)}`);
  }
  if (record.divergedAt === undefined) return 0;
  const older = journal.header.chart === chartFingerprint() ? '' : ' (the journal was written by another chart)';
  process.stderr.write(`The chart parts from the call at entry ${record.divergedAt}${older}.\n`);
  return 1;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nSee npm run replay -- --help\n`);
  return 2;
});
