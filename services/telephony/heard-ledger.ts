import { BYTES_PER_MS } from '../../codecs/framing.ts';
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
  /** All audio received of it, as it was written; undefined when it is not kept: it was heard, or is too long. */
  audio: Uint8Array[] | undefined;
}

/**
 * What was heard of `sentences` when the last `leadMs` of the sound that was sent are still to be played.
 *
 * Marks are the truth for whole sentences. The sentence after the last mark is measured by the playback clock: sound that is
 * waiting was sent last, so it is taken from the end backwards.
 *
 * @returns whole sentences, the prefix of the one in flight, if any of it was played, and how many can be played again
 */
export function heardOf(sentences: readonly Sentence[], leadMs: number): Heard {
  const whole = sentences.findIndex(({ heard }) => !heard);
  const inFlight = sentences[whole];
  if (inFlight === undefined) return { sentences: sentences.length };
  const behind = sentences.slice(whole + 1).reduce((sum, { sentMs }) => sum + sentMs, 0);
  const waitingMs = Math.max(0, leadMs - behind);
  const lengthMs = inFlight.writtenBytes / BYTES_PER_MS;
  const playedMs = Math.floor(Math.min(lengthMs, inFlight.sentMs - waitingMs));
  const retained = retainedOf(sentences).length;
  return {
    sentences: whole,
    ...(playedMs > 0 && { partial: { sentence: inFlight.index, playedMs, lengthMs, complete: inFlight.complete } }),
    ...(retained > 0 && { retained }),
  };
}

/**
 * What can be played again without a voice: the sentences that were not heard to their end, from the first of them up to one
 * that is not complete or not kept.
 *
 * @returns the audio of each, in the chunks in which it was written
 */
export function retainedOf(sentences: readonly Sentence[]): readonly (readonly Uint8Array[])[] {
  const retained: (readonly Uint8Array[])[] = [];
  for (const { heard, complete, audio } of sentences) {
    if (heard) continue;
    if (!complete || !audio) break;
    retained.push(audio);
  }
  return retained;
}
