import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { callRecord } from './call-record.ts';
import { describeRecord, titleOf } from './describe-record.ts';
import { type Journal, JournalError, parseJournal } from './entry.ts';
import { redactedFixtureOf } from './fixture/fixture.ts';
import { FIXTURES, writeFixture } from './fixture/write-fixture.ts';
import { describeCall, notesOn, partingOf } from './print/call.ts';
import type { Paper } from './print/ink.ts';
import { stepDetail } from './print/step-detail.ts';
import { stepLine, stepTitles } from './print/step-line.ts';
import { ChartFailure, type ReplayStep, replay } from './replay.ts';
import { type Key, stepThrough } from './step-through.ts';
import { ArmedTimers } from './timers.ts';

/** Where the command prints, and who reads. */
export interface Reader {
  readonly paper: Paper;
  print(text: string): void;
  complain(text: string): void;
  /** Waits for a key; undefined where nobody can press one. */
  readonly nextKey: (() => Promise<Key>) | undefined;
}

const SAME = 0;
const OTHERWISE = 1;
const NO_JOURNAL = 2;

interface Options {
  readonly step?: true;
  readonly record?: true;
  readonly json?: true;
  readonly asTest?: string;
  readonly to: string;
  readonly force?: true;
}

const commandFor = ({ print, complain }: Reader): Command =>
  new Command('npm run replay')
    .usage('-- [options] <journal>')
    .description(
      'Runs a past call again through the chart of today: every event and the state it led to, then the record. Where the ' +
        'chart does otherwise than the call did, it stops and tells why: what differs, and which guard or transition it is.',
    )
    .argument('<journal>', 'a call’s journal: logs/CA….jsonl')
    .option(
      '--step',
      'entry by entry: guards, states, children, timers, context. On a terminal: Enter goes on, q quits',
    )
    .option('--record', 'the record alone: transcript, waits, interruptions, end')
    .option('--json', 'the record as JSON')
    .option('--as-test <name>', 'makes a test of the call: redacted, and proved to go the same way')
    .option('--to <folder>', 'where tests are kept', FIXTURES)
    .option('--force', 'replaces a test that is there')
    .addHelpText(
      'after',
      `
Exit codes:
  ${SAME}  the chart of today does what the call did
  ${OTHERWISE}  it does otherwise, or fails: the entry is named
  ${NO_JOURNAL}  wrong usage, no journal that can be read (the line is named), or a test that cannot be written`,
    )
    .showHelpAfterError('See npm run replay -- --help')
    .configureOutput({ writeOut: (text) => print(text.trimEnd()), writeErr: (text) => complain(text.trimEnd()) })
    .exitOverride();

/** The command line of `npm run replay`. @returns its exit code, see `--help` */
export async function replayCommand(args: readonly string[], reader: Reader): Promise<number> {
  const command = commandFor(reader);
  try {
    command.parse(args, { from: 'user' });
    const [file = ''] = command.args;
    return await run(await readJournal(file), command.opts<Options>(), reader);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? SAME : NO_JOURNAL;
    reader.complain(reasonOf(error));
    return error instanceof ChartFailure ? OTHERWISE : NO_JOURNAL;
  }
}

async function run(journal: Journal, options: Options, reader: Reader): Promise<number> {
  if (options.asTest !== undefined) return asTest(journal, options.asTest, options, reader);
  const steps = [...replay(journal)];
  const { print, complain, paper } = reader;
  const alone = options.json || options.record;
  for (const note of notesOn(journal, steps))
    if (alone) complain(note);
    else print(paper.ink('bad', note));
  if (alone) printRecord(journal, steps, options, reader);
  else if (options.step) await printSteps(journal, steps, reader);
  else print(describeCall(journal, paper, steps));
  return steps.at(-1)?.diverged ? OTHERWISE : SAME;
}

type Steps = readonly ReplayStep[];

function printRecord(journal: Journal, steps: Steps, { json }: Options, { print, complain, paper }: Reader): void {
  const record = callRecord(journal);
  print(json ? JSON.stringify(record, null, 2) : describeRecord(record, paper));
  const parting = partingOf(steps.at(-1), journal, paper);
  if (parting !== undefined) complain(parting);
}

async function printSteps(journal: Journal, steps: Steps, { print, paper, nextKey }: Reader): Promise<void> {
  const timers = new ArmedTimers();
  let previousMs = 0;
  const show = (step: ReplayStep): void => {
    timers.follow(step);
    print(`${stepLine(step, previousMs, paper)}\n${stepDetail(step, timers, paper)}\n`);
    previousMs = step.entry.atMs;
  };
  const keys = nextKey ? '   Enter: next entry   q: quit' : '';
  print(`${paper.ink('strong', titleOf(journal.header))}${keys}\n\n${stepTitles(paper)}`);
  const parting = partingOf(await stepThrough(steps, show, nextKey), journal, paper);
  if (parting !== undefined) print(parting);
}

async function asTest(journal: Journal, name: string, { to, force }: Options, { print }: Reader): Promise<number> {
  const fixture = redactedFixtureOf(journal);
  const files = await writeFixture(fixture, { folder: to, name, replace: force ?? false });
  print(`Wrote ${files.join(' and ')}.`);
  if (fixture.partsAt === undefined) return SAME;
  print(
    `At entry ${fixture.partsAt} the chart of today parts from the call: the test ends there, with what today’s chart does.`,
  );
  return SAME;
}

/** @throws JournalError naming the file when it is not there, cannot be read, or is no journal */
async function readJournal(file: string): Promise<Journal> {
  try {
    return parseJournal(await readFile(file, 'utf8'));
  } catch (error) {
    throw new JournalError(`${file}: ${reasonOf(error).replaceAll('FILE', file)}`);
  }
}

const reasonOf = (error: unknown): string => (error as Partial<Error> | undefined)?.message ?? String(error);
