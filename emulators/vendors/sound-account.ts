import { FRAME_BYTES } from '../../codecs/framing.ts';
import { MULAW_SILENCE } from '../../codecs/g711/mulaw.ts';
import type { Utterance } from '../deepgram/speak/utterance-log.ts';

/** What a server told a phone about sound, in order. */
export type ServerSound =
  | { readonly type: 'media'; readonly mulaw: Uint8Array; readonly atMs: number }
  | { readonly type: 'mark'; readonly name: string; readonly atMs: number }
  | { readonly type: 'clear'; readonly atMs: number };

/** An utterance of the voice that reached a phone. */
export interface Sounded {
  readonly utterance: Utterance;
  /** How much of it the phone got, from its beginning (bytes). */
  bytes: number;
  /** How many `clear`s the call had had when it began to sound. */
  readonly clearsBefore: number;
  /** How many marks. */
  readonly marksBefore: number;
  /** Which `clear` of the call came behind its last frame, before its end (from 0); undefined when all of it came. */
  cutBy: number | undefined;
}

/** What became of each frame between the voice and one phone. */
export interface SoundAccount {
  /** All that the phone got. */
  readonly frames: number;
  /** Of the voice, in the order in which they began to sound. */
  readonly sounded: readonly Sounded[];
  /** Frames that the voice made, that no `clear` cut, and that never came. */
  readonly lost: number;
  /** Frames that came again, to this phone or to another. */
  readonly repeated: number;
  /** Utterances that sounded before one that had been said earlier. */
  readonly reordered: number;
  /** Frames that came behind a `clear`, of an utterance that had begun to sound before it. */
  readonly stale: number;
  /** Frames that are no sound of the voice at this place. */
  readonly unknown: number;
}

/**
 * Compares what the voice made with what a phone got, byte for byte. To know whose sound a frame is, no two utterances may
 * sound the same: see `watermarked`. Only the last frame of an utterance may be longer than its sound, by silence.
 *
 * @param taken utterances that have reached a phone; those of this one are added
 */
export function accountForSound(
  sounds: readonly ServerSound[],
  utterances: readonly Utterance[],
  taken: Set<Utterance>,
): SoundAccount {
  const counts = { frames: 0, lost: 0, repeated: 0, reordered: 0, stale: 0, unknown: 0 };
  const sounded: Sounded[] = [];
  let current: Sounded | undefined;
  let clears = 0;
  let marks = 0;
  const leave = (): void => {
    if (current) counts.lost += Math.ceil((current.utterance.audio.length - current.bytes) / FRAME_BYTES);
    current = undefined;
  };

  for (const sound of sounds) {
    if (sound.type === 'mark') {
      marks += 1;
      continue;
    }
    if (sound.type === 'clear') {
      if (current && current.bytes < current.utterance.audio.length) current.cutBy = clears;
      current = undefined;
      clears += 1;
      continue;
    }
    const { mulaw } = sound;
    counts.frames += 1;
    if (current && goesOnWith(current.utterance.audio, current.bytes, mulaw)) {
      current.bytes = Math.min(current.utterance.audio.length, current.bytes + mulaw.length);
      continue;
    }
    const begun = utterances.find(({ audio }) => audio.length > 0 && goesOnWith(audio, 0, mulaw));
    if (begun && !taken.has(begun)) {
      leave();
      if (begun.number < (sounded.at(-1)?.utterance.number ?? 0)) counts.reordered += 1;
      taken.add(begun);
      const bytes = Math.min(begun.audio.length, mulaw.length);
      current = { utterance: begun, bytes, clearsBefore: clears, marksBefore: marks, cutBy: undefined };
      sounded.push(current);
      continue;
    }
    // Everything from here on is a fault: where does the frame come from?
    const place: Place | undefined = begun ? { utterance: begun, offset: 0 } : placeOf(mulaw, utterances);
    const before = place && sounded.find(({ utterance }) => utterance === place.utterance);
    if (!place || (!before && !taken.has(place.utterance))) counts.unknown += 1;
    else if (before !== undefined && before.cutBy !== undefined) counts.stale += 1;
    else if (before === undefined || before !== current || place.offset < before.bytes) counts.repeated += 1;
    else {
      counts.lost += (place.offset - before.bytes) / FRAME_BYTES;
      before.bytes = Math.min(place.utterance.audio.length, place.offset + mulaw.length);
    }
  }
  leave();
  return { ...counts, sounded };
}

/** Whether a frame is the sound from this byte on; behind its end there may be silence, but no whole frame of it. */
function goesOnWith(audio: Uint8Array, from: number, frame: Uint8Array): boolean {
  const left = audio.length - from;
  if (left <= 0) return false;
  for (let index = 0; index < frame.length; index += 1)
    if (frame[index] !== (index < left ? audio[from + index] : MULAW_SILENCE)) return false;
  return true;
}

interface Place {
  readonly utterance: Utterance;
  readonly offset: number;
}

/** Looks for a frame in all that the voice ever made. */
function placeOf(frame: Uint8Array, utterances: readonly Utterance[]): Place | undefined {
  for (const utterance of utterances)
    for (let offset = FRAME_BYTES; offset < utterance.audio.length; offset += FRAME_BYTES)
      if (goesOnWith(utterance.audio, offset, frame)) return { utterance, offset };
  return undefined;
}
