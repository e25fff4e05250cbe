import type { Heard } from '../../machines/call/events.ts';

/** One sentence of a stretch of speech, from the first byte that was written to the mark that came back. */
export interface Sentence {
  readonly index: number;
  /** Audio received of it (µ-law bytes, 8 per ms). */
  writtenBytes: number;
  /** Audio of it on the wire (ms), the padding of its last frame included. */
  sentMs: number;
  /** No more audio of it will be written. */
  complete: boolean;
  /** Its mark came back: the caller heard it to its end. */
  heard: boolean;
}

/**
 * What was heard of `sentences` when the last `leadMs` of the sound that was sent are still to be played.
 *
 * Marks are the truth for whole sentences. The sentence after the last mark is measured by the playback clock: sound that is
 * waiting was sent last, so it is taken from the end backwards.
 *
 * @returns whole sentences and the prefix of the one in flight, if any of it was played
 */
export function heardOf(sentences: readonly Sentence[], leadMs: number): Heard {
  const whole = sentences.findIndex(({ heard }) => !heard);
  const inFlight = sentences[whole];
  if (inFlight === undefined) return { sentences: sentences.length };
  const behind = sentences.slice(whole + 1).reduce((sum, { sentMs }) => sum + sentMs, 0);
  const waitingMs = Math.max(0, leadMs - behind);
  const lengthMs = inFlight.writtenBytes / 8;
  const playedMs = Math.floor(Math.min(lengthMs, inFlight.sentMs - waitingMs));
  if (playedMs <= 0) return { sentences: whole };
  return { sentences: whole, partial: { sentence: inFlight.index, playedMs, lengthMs, complete: inFlight.complete } };
}
