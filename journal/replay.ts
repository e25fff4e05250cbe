import { initialTransition, type SnapshotFrom, transition } from 'xstate';
import type { CallBrief } from '../machines/call/brief.ts';
import { callMachine } from '../machines/call/machine.ts';
import type { Effect } from '../statechart/macrostep.ts';
import { type Journal, type JournalEntry, JournalError, lineOf } from './entry.ts';
import { CallFacts, type Difference } from './facts.ts';
import { Recorded } from './recorded.ts';

export type CallSnapshot = SnapshotFrom<typeof callMachine>;

/** One event of a past call, and the state that the chart of today is in after it. */
export interface ReplayStep {
  readonly entry: JournalEntry;
  readonly before: CallSnapshot | undefined;
  readonly after: CallSnapshot;
  /** What the chart asks its surroundings to do; nothing of it is carried out. */
  readonly effects: readonly Effect[];
  /** Where the state of today's chart (`mine`) is not the one that was recorded (`other`). */
  readonly differences: readonly Difference[];
  /** There are such: here the chart of today and the call of then part. */
  readonly diverged: boolean;
  /** What is recorded of the call at this moment. Alive: later steps add to it. */
  readonly recorded: Recorded;
}

/** The chart of today throws where that of then went on. */
export class ChartFailure extends JournalError {
  override name = 'ChartFailure';
}

/**
 * Runs a past call again, event by event, through the pure chart: no clock, no audio, no vendor.
 *
 * Timers and what children said are inputs in a journal, so the result depends on the chart alone. Stops behind the first
 * divergence: what follows it would mean nothing.
 *
 * @param machine another chart than today's, for example one with a guard that says the opposite
 * @throws JournalError when the journal does not begin with the call's brief
 * @throws ChartFailure when the chart throws
 */
export function* replay({ entries }: Journal, machine = callMachine): Generator<ReplayStep> {
  const facts = new CallFacts();
  const recorded = new Recorded();
  let before: CallSnapshot | undefined;
  for (const entry of entries) {
    const [after, effects] = react(machine, before, entry);
    recorded.learn(entry.after);
    const differences = recorded.differencesTo(after, facts);
    yield { entry, before, after, effects, differences, diverged: differences.length > 0, recorded };
    if (differences.length > 0) return;
    before = after;
  }
}

type Reaction = readonly [CallSnapshot, readonly Effect[]];

function react(machine: typeof callMachine, before: CallSnapshot | undefined, entry: JournalEntry): Reaction {
  // What reaches a call that has ended changes nothing.
  if (before && before.status !== 'active') return [before, []];
  const { event } = entry;
  if (!before && (event.type !== 'xstate.init' || !event.input))
    throw new JournalError(`a journal begins with xstate.init and the call's brief, this one with ${event.type}`);
  try {
    return before
      ? transition(machine, before, event as never)
      : initialTransition(machine, event.input as unknown as CallBrief);
  } catch (cause) {
    throw new ChartFailure(
      `at entry ${entry.seq} (line ${lineOf(entry)}), ${event.type}, the chart of today fails: ${String(cause)}; ` +
        'if it was written by a version of Callchart whose briefs were others, replay it with that one',
      { cause },
    );
  }
}
