import { z } from 'zod';

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
  /** Fingerprint of the state after it. */
  after: z.string(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** A whole journal as read back. */
export interface Journal {
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
}

/** A journal that cannot be read; the message names the line and what is wrong with it. */
export class JournalError extends Error {
  override name = 'JournalError';
}

/**
 * Reads a journal's text, one JSON object a line. A last line that was cut off by a crash is left out.
 *
 * @throws JournalError naming the first line that is not what it should be
 */
export function parseJournal(text: string): Journal {
  const [first, ...rest] = text.split('\n');
  const header = lineOf(JournalHeader, first ?? '', 1);
  // Every complete line ends with a newline, so what stands behind the last one is empty or cut off.
  const complete = rest.slice(0, -1);
  return { header, entries: complete.map((line, index) => lineOf(JournalEntry, line, index + 2)) };
}

function lineOf<T>(schema: z.ZodType<T>, line: string, number: number): T {
  const parsed = schema.safeParse(jsonOf(line));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unreadable' };
  const what = number === 1 ? 'journal header' : 'journal entry';
  throw new JournalError(`line ${number} is no ${what}: ${[path.join('.'), message].filter(Boolean).join(': ')}`);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
