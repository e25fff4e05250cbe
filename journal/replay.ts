import { initialTransition, type SnapshotFrom, transition } from 'xstate';
import type { CallBrief } from '../machines/call/brief.ts';
import { callMachine } from '../machines/call/machine.ts';
import { type Journal, type JournalEntry, JournalError } from './entry.ts';
import { fingerprint } from './fingerprint.ts';

export type CallSnapshot = SnapshotFrom<typeof callMachine>;

/** One event of a past call, and the state that the chart of today is in after it. */
export interface ReplayStep {
  readonly entry: JournalEntry;
  readonly before: CallSnapshot | undefined;
  readonly after: CallSnapshot;
  /** The state is not the one that was recorded: here the chart of today and the call of then part. */
  readonly diverged: boolean;
}

/**
 * Runs a past call again, event by event, through the pure chart: no clock, no audio, no vendor.
 *
 * Timers and what children said are inputs in a journal, so the result depends on the chart alone. Stops behind the first
 * divergence: what follows it would mean nothing.
 *
 * @throws JournalError when the journal does not begin with the call's brief
 */
export function* replay({ entries }: Journal): Generator<ReplayStep> {
  let before: CallSnapshot | undefined;
  for (const entry of entries) {
    const after: CallSnapshot = before ? next(before, entry) : begin(entry);
    const diverged = fingerprint(after) !== entry.after;
    yield { entry, before, after, diverged };
    if (diverged) return;
    before = after;
  }
}

function begin({ event }: JournalEntry): CallSnapshot {
  if (event.type !== 'xstate.init' || !event.input)
    throw new JournalError(`a journal begins with xstate.init and the call's brief, this one with ${event.type}`);
  return initialTransition(callMachine, event.input as CallBrief)[0];
}

/** What reaches a call that has ended changes nothing. */
const next = (before: CallSnapshot, { event }: JournalEntry): CallSnapshot =>
  before.status === 'active' ? transition(callMachine, before, event as never)[0] : before;
