import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEvent } from '../machines/call/events.ts';
import { type SpokenLine, SpokenWords } from './describe-words.ts';
import { type Journal, type JournalEntry, parseJournal } from './entry.ts';
import { type ReplayStep, replay } from './replay.ts';

/** How often a journal that is being written is looked at (ms). */
const LOOK_EVERY = 100;

/**
 * The words of a call that is going on, read from its journal as it grows. Waits for a file that is not there yet, and
 * ends when the signal aborts, after a last look, or where the chart parts from the journal.
 *
 * @throws JournalError when the file is no journal
 */
export async function* followWords(file: string, signal: AbortSignal): AsyncGenerator<SpokenLine> {
  const entries: JournalEntry[] = [];
  const words = new SpokenWords();
  let steps: Generator<ReplayStep> | undefined;
  for (let last = false; !last; ) {
    last = signal.aborted;
    const journal = await readJournal(file);
    // The replay is fed as the file grows: it is asked for a step only when the entry of that step is there.
    if (journal) steps ??= replay({ header: journal.header, entries });
    for (const entry of journal?.entries.slice(entries.length) ?? []) {
      entries.push(entry);
      const step = steps?.next().value;
      if (!step || step.diverged) return;
      yield* words.after(entry.event as unknown as CallEvent, step.after);
    }
    if (!last) await sleep(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
  }
}

/** Undefined while the file, or its first line, is not there. */
async function readJournal(file: string): Promise<Journal | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.includes('\n') ? parseJournal(text) : undefined;
}
