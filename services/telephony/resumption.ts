import { BYTES_PER_MS } from '../../codecs/framing.ts';
import { mulawLevelDbfs } from '../../codecs/level.ts';

/** How far before the asked point a sentence may be resumed (ms): less than a syllable is heard twice. */
const REACH_MS = 200;

/** The stretch of sound that is looked at for quiet (ms): two periods of a low voice. */
const WINDOW_MS = 10;

/** Quieter than this is a gap between words or the closure of a plosive; speech on the telephone is near -20 dBFS. */
const QUIET_DBFS = -40;

/**
 * The audio of a sentence from `skipMs` on, for playing on after an interruption.
 *
 * So that it does not begin in the middle of a sound, it begins at the nearest quiet point within 200 ms before `skipMs`: the
 * last 10 ms, counted back from there, that are quieter than -40 dBFS. Without one it begins at `skipMs` exactly.
 *
 * @param audio µ-law, 8 kHz, in chunks of any length
 * @returns views into these chunks; none when `skipMs` is the sentence's end or beyond
 */
export function audioFrom(audio: readonly Uint8Array[], skipMs: number): readonly Uint8Array[] {
  const length = audio.reduce((sum, chunk) => sum + chunk.length, 0);
  const skip = Math.max(0, Math.round(skipMs * BYTES_PER_MS));
  return skip < length ? slice(audio, quietPoint(audio, skip), length) : [];
}

/** In bytes. */
function quietPoint(audio: readonly Uint8Array[], skip: number): number {
  const from = Math.max(0, skip - REACH_MS * BYTES_PER_MS);
  const before = Buffer.concat(slice(audio, from, skip));
  const window = WINDOW_MS * BYTES_PER_MS;
  for (let start = before.length - window; start >= 0; start -= window)
    if (mulawLevelDbfs(before.subarray(start, start + window)) < QUIET_DBFS) return from + start;
  return skip;
}

/** The bytes from `from` up to `to`, as views. */
function slice(audio: readonly Uint8Array[], from: number, to: number): Uint8Array[] {
  const views: Uint8Array[] = [];
  let at = 0;
  for (const chunk of audio) {
    const view = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    if (view.length > 0) views.push(view);
    at += chunk.length;
  }
  return views;
}
