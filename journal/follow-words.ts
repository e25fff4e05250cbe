import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEvent } from '../machines/call/events.ts';
import { type SpokenLine, SpokenWords } from './describe-words.ts';
import { type JournalEntry, parseJournal } from './entry.ts';
import { replay } from './replay.ts';

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
  const steps = replay({ entries });
  const words = new SpokenWords();
  for (let last = false; !last; ) {
    last = signal.aborted;
    for (const entry of (await entriesOf(file)).slice(entries.length)) {
      entries.push(entry);
      const { value: step } = steps.next();
      if (!step || step.diverged) return;
      yield* words.after(entry.event as unknown as CallEvent, step.after);
    }
    if (!last) await sleep(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
  }
}

/** None while the file, or its first line, is not there. */
async function entriesOf(file: string): Promise<readonly JournalEntry[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.includes('\n') ? parseJournal(text).entries : [];
}
