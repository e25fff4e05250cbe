import type { AnyActor, AnyMachineSnapshot, InspectionEvent } from 'xstate';
import type { JournalEntry } from './entry.ts';
import { CallFacts } from './facts.ts';

/** Errors are not JSON; of a bug only the class is kept, since its message may quote a caller. */
const plain = (_key: string, value: unknown): unknown => (value instanceof Error ? { name: value.name } : value);

export interface RecorderOptions {
  /** Monotonic clock, ms. */
  readonly now: () => number;
  /** Takes each entry as one line of JSON, without the newline, as soon as its event was processed. */
  readonly write: (line: string) => void;
  /** Told once when recording fails; recording then ends, the call goes on. */
  readonly onError: (error: unknown) => void;
}

/**
 * Writes down every event that reaches the call, with a fingerprint of the state after it.
 *
 * Attach before the actor is started, so that the journal begins with the brief. XState relays events in the order in
 * which they are processed, timers and children's results included; undelayed raises are recomputed by a replay.
 *
 * @returns detaches it
 */
export function recordCall(call: AnyActor, { now, write, onError }: RecorderOptions): () => void {
  const startedAt = now();
  const waiting: Omit<JournalEntry, 'after'>[] = [];
  const facts = new CallFacts();
  let seq = 0;
  const note = (inspected: InspectionEvent): void => {
    if (inspected.actorRef !== call) return;
    if (inspected.type === '@xstate.event') {
      const from = (inspected.sourceRef as { id?: string } | undefined)?.id ?? 'outside';
      waiting.push({ seq: seq++, atMs: Math.round((now() - startedAt) * 10) / 10, from, event: inspected.event });
    } else if (inspected.type === '@xstate.snapshot') {
      const entry = waiting.shift();
      if (entry)
        write(JSON.stringify({ ...entry, after: facts.look(inspected.snapshot as AnyMachineSnapshot) }, plain));
    }
  };
  // An inspector that throws can lose events or wedge the mailbox, so nothing leaves here.
  const { unsubscribe } = call.system.inspect((inspected: InspectionEvent) => {
    try {
      note(inspected);
    } catch (error) {
      unsubscribe();
      onError(error);
    }
  });
  return unsubscribe;
}
