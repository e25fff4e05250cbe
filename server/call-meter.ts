import type { Actor, SnapshotFrom } from 'xstate';
import { guessEnded } from '../journal/call-record.ts';
import type { callMachine } from '../machines/call/machine.ts';
import { type CallObserver, watchCall } from './watch-call.ts';

/** What is measured on one call while it runs. */
export interface CallMeasures {
  /** End of speech to first sound of the answer (ms, audio clock). */
  answered(latencyMs: number): void;
  interrupted(): void;
  /** An answer that was begun on a guess was used, or dropped. @param characters of its sentences so far */
  guessed(outcome: 'confirmed' | 'dropped', characters: number): void;
  /** Told once when measuring fails; it then ends, the call goes on. */
  onError(error: unknown): void;
}

/**
 * Measures one call as its events are processed. Attach before the actor is started.
 *
 * @returns detaches it
 */
export function measureCall(call: Actor<typeof callMachine>, measures: CallMeasures): () => void {
  let speechEndMs: number | undefined;
  let wasInterrupted = false;
  let before: SnapshotFrom<typeof callMachine> | undefined;
  const note: CallObserver = (event, snapshot) => {
    if (event.type === 'caller.endOfTurn') speechEndMs = event.speechEndMs;
    // A prompt after silence is no answer: only a turn with a reply is.
    if (event.type === 'playout.started' && snapshot.children.reply && speechEndMs !== undefined) {
      measures.answered(event.atMs - speechEndMs);
      speechEndMs = undefined;
    }
    const isInterrupted = snapshot.matches({ active: { conversation: 'interrupted' } });
    if (isInterrupted && !wasInterrupted) measures.interrupted();
    wasInterrupted = isInterrupted;
    const guess = guessEnded(before, snapshot);
    if (guess) measures.guessed(guess.confirmed ? 'confirmed' : 'dropped', guess.characters);
    before = snapshot;
  };
  return watchCall(call, note, (error) => measures.onError(error));
}
