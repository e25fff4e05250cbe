import type { AnyActor, AnyMachineSnapshot, InspectionEvent } from 'xstate';
import type { JournalEntry } from './entry.ts';
import { CallFacts } from './facts.ts';

/** Errors are not JSON; of a bug only the class is kept, since its message may quote a caller. */
const plain = (_key: string, value: unknown): unknown => (value instanceof Error ? { name: value.name } : value);

/** An entry whose event was sent, but not yet processed. */
type Begun = Omit<JournalEntry, 'after'>;

export interface RecorderOptions {
  /** Monotonic clock, ms. */
  readonly now: () => number;
  /** Takes each entry as one line of JSON, without the newline, in the order of the events. */
  readonly write: (line: string) => void;
  /**
   * When the entries of the events so far are made up and written. Default: at once. A live call says `setImmediate`: what an
   * event has set going, a request or a `clear`, goes out first. Snapshots never change, so entries say the same then; only a
   * process that dies meanwhile loses them.
   */
  readonly later?: (work: () => void) => void;
  /** Told once when recording fails; recording then ends, the call goes on. */
  readonly onError: (error: unknown) => void;
}

/**
 * Writes down every event that reaches the call, with a fingerprint of the state after it.
 *
 * Attach before the actor is started, so that the journal begins with the brief. XState relays events in the order in
 * which they are processed, timers and children's results included; undelayed raises are recomputed by a replay.
 *
 * @returns detaches it, once all events so far are written
 */
export function recordCall(
  call: AnyActor,
  { now, write, later = (work) => work(), onError }: RecorderOptions,
): () => void {
  const startedAt = now();
  const waiting: Begun[] = [];
  const processed: { readonly entry: Begun; readonly snapshot: AnyMachineSnapshot }[] = [];
  const facts = new CallFacts();
  let seq = 0;
  // An inspector that throws can lose events or wedge the mailbox, so nothing leaves here.
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      unsubscribe();
      onError(error);
    }
  };
  const writeProcessed = (): void =>
    guarded(() => {
      for (const { entry, snapshot } of processed.splice(0))
        write(JSON.stringify({ ...entry, after: facts.look(snapshot) }, plain));
    });
  const note = (inspected: InspectionEvent): void => {
    if (inspected.type === '@xstate.event') {
      const from = (inspected.sourceRef as { id?: string } | undefined)?.id ?? 'outside';
      waiting.push({ seq: seq++, atMs: Math.round((now() - startedAt) * 10) / 10, from, event: inspected.event });
    } else if (inspected.type === '@xstate.snapshot') {
      const entry = waiting.shift();
      if (!entry) return;
      processed.push({ entry, snapshot: inspected.snapshot as AnyMachineSnapshot });
      if (processed.length === 1) later(writeProcessed);
    }
  };
  const { unsubscribe } = call.system.inspect((inspected: InspectionEvent) => {
    if (inspected.actorRef === call) guarded(() => note(inspected));
  });
  return () => {
    unsubscribe();
    writeProcessed();
  };
}
