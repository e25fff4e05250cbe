import { z } from 'zod';
import { Changes } from './facts.ts';

/** Rises when a line of an older journal could no longer be read. */
export const JOURNAL_VERSION = 1 as const;

/** The first line of a journal: which call, told by which chart. */
export const JournalHeader = z.strictObject({
  journal: z.literal(JOURNAL_VERSION),
  callSid: z.string(),
  /** Agent profile. */
  agent: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  /** Fingerprint of the chart's structure; a journal of another chart may replay differently. */
  chart: z.string(),
});
export type JournalHeader = z.infer<typeof JournalHeader>;

/** Every other line: one event that reached the call, in the order in which it was processed. */
export const JournalEntry = z.strictObject({
  /** From 0, without gaps. */
  seq: z.int().nonnegative(),
  /** Milliseconds since the call began, on a monotonic clock. */
  atMs: z.number().nonnegative(),
  /** Id of the child that sent it, `outside` for the media plane and the call's own timers. */
  from: z.string(),
  /** The event as plain JSON; the first one is `xstate.init` with the call's brief. */
  event: z.looseObject({ type: z.string() }),
  /** What became of the call: what changed, part by part, or a fingerprint of the whole. */
  after: z.union([Changes, z.string()]),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** A whole journal as read back. */
export interface Journal {
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
  /** Number of a last line that was cut off by a crash, and left out. */
  readonly cutOffLine?: number;
}

/** A journal that cannot be read or replayed; the message names the line, what is wrong with it, and what to do. */
export class JournalError extends Error {
  override name = 'JournalError';
}

/** The line of the file that holds an entry. */
export const lineOf = ({ seq }: JournalEntry): number => seq + 2;

/**
 * Reads a journal's text, one JSON object a line. A last line that was cut off by a crash is left out.
 *
 * @throws JournalError naming the first line that is not what it should be
 */
export function parseJournal(text: string): Journal {
  const [first = '', ...rest] = text.split('\n');
  if (text.trim() === '')
    throw new JournalError('it is empty: nothing of the call was written down, for example because the disk was full');
  const header = headerOf(first);
  // Every complete line ends with a newline, so what stands behind the last one is empty or cut off.
  const tail = rest.pop() ?? '';
  const entries = rest.map((line, index) => entryOf(line, index));
  if (tail === '') return { header, entries };
  const last = JournalEntry.safeParse(jsonOf(tail));
  if (last.success && last.data.seq === entries.length) return { header, entries: [...entries, last.data] };
  return { header, entries, cutOffLine: rest.length + 2 };
}

function headerOf(line: string): JournalHeader {
  const json = jsonOf(line);
  const parsed = JournalHeader.safeParse(json);
  if (parsed.success) return parsed.data;
  const { journal } = (json ?? {}) as { journal?: unknown };
  if (typeof journal === 'number' && journal !== JOURNAL_VERSION)
    throw new JournalError(
      `line 1 says journal version ${journal}, and this program reads version ${JOURNAL_VERSION}: ` +
        'replay it with the version of Callchart that wrote it',
    );
  throw new JournalError(`line 1 is no journal header (${problemOf(json, parsed.error)}): is it a call’s journal?`);
}

function entryOf(line: string, index: number): JournalEntry {
  const number = index + 2;
  const remedy = `what stands before it can be replayed: head -n ${number - 1} FILE > part.jsonl`;
  const json = jsonOf(line);
  const parsed = JournalEntry.safeParse(json);
  if (!parsed.success)
    throw new JournalError(`line ${number} is no journal entry (${problemOf(json, parsed.error)}); ${remedy}`);
  const { seq } = parsed.data;
  if (seq === index) return parsed.data;
  throw new JournalError(
    `line ${number} holds entry ${seq} where entry ${index} is due: ` +
      `a line is ${seq > index ? 'missing' : 'doubled'}; ${remedy}`,
  );
}

function problemOf(json: unknown, { issues: [issue] }: z.ZodError): string {
  if (json === undefined) return 'not JSON';
  return [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ');
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
