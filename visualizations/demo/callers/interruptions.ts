import { BYTES_PER_MS, FRAME_BYTES } from '../../../codecs/framing.ts';
import type { Utterance } from '../../../emulators/deepgram/speak/utterance-log.ts';
import type { Sounded } from '../../../emulators/vendors/sound-account.ts';
import { wordsOfText, wordsWithin } from './heard-words.ts';
import type { ModelRequest, RoadEvidence } from './road-evidence.ts';

/**
 * How something that had to stop did, in ms from the recogniser's words that took the floor, as they left it: it was
 * stopped, it was complete before and there was nothing to stop, or it was not stopped.
 */
export type Stopped =
  | { readonly how: 'stopped'; readonly afterMs: number }
  | { readonly how: 'complete' }
  | { readonly how: 'not' };

/** One interruption, as it was seen by the vendors and by the phone. */
export interface SeenInterruption {
  /** The carrier's `clear`, likewise timed. */
  readonly clearedAfterMs: number;
  readonly model: Stopped;
  readonly voice: Stopped;
  /**
   * Words of the speech that was cut: what the next request holds of it, and what the phone had played; undefined when no
   * request came behind, or it holds other words.
   */
  readonly words: { readonly remembered: number; readonly heard: number } | undefined;
}

type Speak = (text: string) => Promise<Uint8Array>;

/** Looks at each `clear` of a call. @param speak the agent's voice, to know how long words take */
export function interruptionsOf(evidence: RoadEvidence, speak: Speak): Promise<readonly SeenInterruption[]> {
  const { recognised, sounds, phone } = evidence.wire;
  const dropped = phone.timeline.flatMap(({ event }) => (event.type === 'clear' ? [event.droppedMs] : []));
  const clears = sounds.filter(({ type }) => type === 'clear');
  return Promise.all(
    clears.map(async ({ atMs }, index) => {
      const floorTakenAtMs = recognised.findLast((words) => words.atMs <= atMs)?.atMs ?? atMs;
      const request = evidence.requests.findLast((earlier) => earlier.atMs < atMs);
      const next = evidence.requests.find((later) => later.atMs >= atMs);
      const speech = speechCutBy(evidence, index);
      const heard = await heardWords(speech, dropped[index] ?? 0, speak);
      const remembered = next && rememberedWords(speech, next);
      return {
        clearedAfterMs: atMs - floorTakenAtMs,
        model: modelStopped(request, floorTakenAtMs, atMs),
        voice: voiceStopped(evidence, index, floorTakenAtMs, atMs),
        words: remembered === undefined ? undefined : { remembered, heard },
      };
    }),
  );
}

/** @param fromMs when the floor was taken @param clearMs when the phone was cleared: what was complete by then needed no stop */
function modelStopped(request: ModelRequest | undefined, fromMs: number, clearMs: number): Stopped {
  const outcome = request?.outcome;
  if (outcome?.type === 'broken') return { how: 'stopped', afterMs: outcome.atMs - fromMs };
  return outcome === undefined || outcome.atMs <= clearMs ? { how: 'complete' } : { how: 'not' };
}

/** A voice that is cut is the one whose sound came last, on its socket, with what waited there behind it. */
function voiceStopped({ sound, utterances }: RoadEvidence, clear: number, fromMs: number, clearMs: number): Stopped {
  const last = sound.sounded.findLast(({ clearsBefore }) => clearsBefore === clear)?.utterance;
  const speaking = last && lastOf(utterances, last, fromMs);
  if (!speaking || (speaking.flushedAtMs ?? Number.POSITIVE_INFINITY) < fromMs) return { how: 'complete' };
  const { clearedAtMs, flushedAtMs, lastAudioAtMs = 0 } = speaking;
  if (clearedAtMs !== undefined && lastAudioAtMs <= clearedAtMs)
    return { how: 'stopped', afterMs: clearedAtMs - fromMs };
  return flushedAtMs !== undefined && flushedAtMs <= clearMs ? { how: 'complete' } : { how: 'not' };
}

const lastOf = (utterances: readonly Utterance[], { socket, number }: Utterance, untilMs: number) =>
  utterances.findLast((other) => other.socket === socket && other.number >= number && other.spokenAtMs <= untilMs);

/** The speech that a `clear` cut: the sentences since the speech before was complete, or cut. Empty when none sounded. */
function speechCutBy({ sound, wire }: RoadEvidence, clear: number): readonly Sounded[] {
  const last = sound.sounded.findLast(({ clearsBefore }) => clearsBefore === clear);
  const marks = wire.sounds.filter(({ type }) => type === 'mark');
  const speechBegan = marks.findLastIndex(
    (mark, number) => mark.type === 'mark' && mark.name.endsWith('.end') && number < (last?.marksBefore ?? 0),
  );
  return sound.sounded.filter(({ clearsBefore, marksBefore }) => clearsBefore === clear && marksBefore > speechBegan);
}

/** How many words of a speech the phone had played when it threw away the last of it. */
async function heardWords(speech: readonly Sounded[], droppedMs: number, speak: Speak): Promise<number> {
  const framed = speech.map(({ bytes }) => Math.ceil(bytes / FRAME_BYTES) * FRAME_BYTES);
  let played = framed.reduce((sum, bytes) => sum + bytes, 0) - droppedMs * BYTES_PER_MS;
  let words = 0;
  for (const [place, { utterance }] of speech.entries()) {
    const bytes = framed[place] ?? 0;
    const whole = utterance.flushedAtMs !== undefined && bytes >= utterance.audio.length && played >= bytes;
    words += whole
      ? wordsOfText(utterance.text).length
      : await wordsWithin(utterance.text, Math.max(0, Math.min(played, bytes)) / BYTES_PER_MS, speak);
    played -= bytes;
  }
  return words;
}

/** How many words of a speech that was cut the next request holds; undefined when it holds others instead. */
function rememberedWords(speech: readonly Sounded[], { history }: ModelRequest): number | undefined {
  const last = history.findLast(({ role }) => role === 'assistant');
  const kept = last && 'text' in last ? wordsOfText(last.text) : [];
  const spoken = wordsOfText(speech.map(({ utterance }) => utterance.text).join(' '));
  if (kept.every((word, index) => word === spoken[index])) return kept.length;
  return last && 'interrupted' in last ? undefined : 0;
}
