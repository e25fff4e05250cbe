import type { CallEvent } from '../machines/call/events.ts';
import type { CallSnapshot } from './replay.ts';

/** One stretch of words: a turn of the caller as it was recognised, or a sentence of the agent. */
export interface SpokenLine {
  readonly who: 'caller' | 'agent';
  readonly text: string;
}

/**
 * Tells the words of a call while it goes on: what the caller said once it was understood, and each sentence of the agent
 * as it begins to sound, not when it was written. What was never heard is never told.
 */
export class SpokenWords {
  #soundingEpoch: number | undefined;
  /** Sentences of this epoch that were heard to their end: the next one sounds. */
  #heard = 0;
  #told = 0;

  /** @returns what this event brought to the ear. @param snapshot the call after the event */
  after(event: CallEvent, { context }: CallSnapshot): readonly SpokenLine[] {
    if (event.type === 'caller.endOfTurn') return [{ who: 'caller', text: event.text || '(a noise)' }];
    if (event.type === 'playout.started') {
      this.#soundingEpoch = event.epoch;
      this.#heard = 0;
      this.#told = 0;
    }
    if (event.type === 'playout.heard' && event.epoch === this.#soundingEpoch) this.#heard = event.sentence + 1;
    if (this.#soundingEpoch !== context.epoch) return [];
    const sounding = context.saying.slice(this.#told, this.#heard + 1);
    this.#told += sounding.length;
    return sounding.map((text) => ({ who: 'agent', text }));
  }
}
