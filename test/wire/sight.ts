import type { SnapshotFrom } from 'xstate';
import type { CallEvent } from '../../machines/call/events.ts';
import type { callMachine } from '../../machines/call/machine.ts';

export type CallSnapshot = SnapshotFrom<typeof callMachine>;

/** One event that a call has processed, and the state after it. */
export interface Seen {
  readonly event: CallEvent;
  readonly snapshot: CallSnapshot;
}

/** What the phone gets of the server: a frame of 20 ms by the number of its sentence, a mark by its name, or a deed. */
export type PhoneMessage = `media ${number}` | `mark ${string}` | 'clear' | 'closed';

/** What a walk may look at in either world. */
export interface Sight {
  /** Everything that the call has processed, from its start. */
  readonly seen: readonly Seen[];
  readonly phone: readonly PhoneMessage[];
  /** In how many milliseconds each timer of any chart fires, soonest first. */
  readonly timers: readonly number[];
}

/** Left out of a comparison: what only one of the worlds can know. */
const INCIDENTAL: ReadonlySet<string> = new Set([
  'atMs',
  'words',
  'confidence',
  'speechEndMs',
  'message',
  'code',
  'brief',
  'error',
]);

const withoutIncidentals = (key: string, value: unknown): unknown => (INCIDENTAL.has(key) ? undefined : value);

/** Event and state as one line that is the same in both worlds. */
export function lineOf({ event, snapshot }: Seen): string {
  const { status, value, context, children, output } = snapshot;
  return JSON.stringify([event, status, value, Object.keys(children).sort(), context, output], withoutIncidentals);
}

const isEnd = (mark: string): boolean => mark.endsWith('.end');

/** Takes the marks that come back once the next sentence was heard: its own, and those without sound around it. */
export function takeHeard(marks: string[]): readonly string[] {
  const sentence = marks.findIndex((mark) => !isEnd(mark));
  const next = marks.findIndex((mark, at) => at > sentence && !isEnd(mark));
  return marks.splice(0, next < 0 ? marks.length : next);
}
