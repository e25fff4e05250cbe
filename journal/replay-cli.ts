import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { callRecord } from './call-record.ts';
import { describeRecord } from './describe-record.ts';
import { conversationState, describeStep } from './describe-step.ts';
import { type Journal, JournalError, parseJournal } from './entry.ts';
import { chartFingerprint } from './fingerprint.ts';
import { replay } from './replay.ts';

const command = new Command('npm run replay')
  .usage('-- [options] <journal>')
  .description('Runs a past call again through the chart: every event, the state it led to, then the record.')
  .argument('<journal>', 'a call’s journal: logs/CA….jsonl')
  .option('--record', 'the record alone: transcript, waits, interruptions, end')
  .option('--json', 'the record as JSON')
  .addHelpText(
    'after',
    '\nExit codes: 0 the chart of today does what the call did, 1 it does otherwise: the entry is named, 2 wrong usage or no journal',
  )
  .showHelpAfterError('See npm run replay -- --help')
  .exitOverride();

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** What the chart of today makes of the entry at which it parts from the call. */
function describeDivergence(journal: Journal, seq: number): string {
  const last = [...replay(journal)].at(-1);
  const older =
    journal.header.chart === chartFingerprint() ? '' : ' The journal was written by another version of the chart.';
  return `At entry ${seq} (${last?.entry.event.type}) the chart does otherwise than the call did: it is in ${
    last ? conversationState(last.after) : 'no state'
  }.${older}`;
}

async function main(): Promise<number> {
  const { record: recordOnly, json } = command.parse().opts<{ record?: true; json?: true }>();
  const [file = ''] = command.args;
  const journal = await readJournal(file);
  const record = callRecord(journal);
  if (json) print(JSON.stringify(record, null, 2));
  else {
    if (!recordOnly) for (const step of replay(journal)) print(describeStep(step));
    print(`${recordOnly ? '' : '\n'}${describeRecord(record)}`);
  }
  if (record.divergedAt === undefined) return 0;
  process.stderr.write(`${describeDivergence(journal, record.divergedAt)}\n`);
  return 1;
}

/** @throws JournalError naming the file when it is not there, cannot be read, or is no journal */
async function readJournal(file: string): Promise<Journal> {
  try {
    return parseJournal(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new JournalError(`${file} is not a call’s journal (logs/CA….jsonl): ${reason}`);
  }
}

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
