import type { CallBrief } from './brief.ts';
import type { NextStep } from './events.ts';
import type { EndReason } from './output.ts';
import type { Destination, Message } from './ports.ts';

/** What follows a stretch of speech: as the model wants it, or an apology for an answer that it could not complete. */
export type AfterSpeech = NextStep | 'apologise';

/** What the caller did not hear of a stretch of speech that was cut. */
export interface Unheard {
  /** From the first unheard word on: the first sentence may be the rest of one. */
  readonly sentences: readonly string[];
  /** How many of them, from the first on, playout can say again by itself. */
  readonly retained: number;
  /** Where in the first of them, as playout holds it, the first unheard word begins (ms). */
  readonly skipMs: number;
}

export const NOTHING_UNHEARD: Unheard = { sentences: [], retained: 0, skipMs: 0 };

/**
 * What the call remembers: plain JSON, so that it can be fingerprinted and replayed. Never audio, never a live object,
 * never a boolean that restates a state.
 */
export interface CallContext {
  readonly brief: CallBrief;
  /** Rises with each stretch of speech and each cut; whatever carries an older one is stale. */
  readonly epoch: number;
  /** What was said and heard, oldest first. */
  readonly history: readonly Message[];
  /** The sentences given to the voice in the present stretch of speech. */
  readonly saying: readonly string[];
  /** How many of them the caller heard to the end. */
  readonly heardSentences: number;
  /** The stretch that was cut last, until playout reports how much of it was heard. */
  readonly cutOff: { readonly epoch: number; readonly sentences: readonly string[] } | undefined;
  /** What the caller did not hear of the stretch that was cut last. */
  readonly unheard: Unheard;
  /** Words of the caller whose place in the history is not known yet, because the agent's speech comes before them; else empty. */
  readonly kept: string;
  /** The caller's words, while the agent answers them on the guess that the turn has ended. */
  readonly guess: string | undefined;
  /** What was recognised so far of an utterance that has not ended; empty between utterances. */
  readonly recognised: string;
  /** What the caller is expected to talk about. */
  readonly topic: string;
  /** What happens once the present stretch of speech was heard; undefined until the model has said its last word. */
  readonly next: AfterSpeech | undefined;
  /** How often in a row the caller stayed silent. */
  readonly reprompts: number;
  /** How often in a row no answer could be made. */
  readonly failures: number;
  readonly destination: Destination | undefined;
  readonly reason: EndReason | undefined;
}

export const initialContext = (brief: CallBrief): CallContext => ({
  brief,
  epoch: 0,
  history: [],
  saying: [],
  heardSentences: 0,
  cutOff: undefined,
  unheard: NOTHING_UNHEARD,
  kept: '',
  guess: undefined,
  recognised: '',
  topic: brief.openingTopic,
  next: 'listen',
  reprompts: 0,
  failures: 0,
  destination: undefined,
  reason: undefined,
});
