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
  const accountant = new Accountant(utterances, taken);
  for (const sound of sounds) accountant.take(sound);
  return accountant.close();
}

class Accountant {
  readonly #utterances: readonly Utterance[];
  readonly #taken: Set<Utterance>;
  readonly #counts = { frames: 0, lost: 0, repeated: 0, reordered: 0, stale: 0, unknown: 0 };
  readonly #sounded: Sounded[] = [];
  /** What the next frame should go on with. */
  #current: Sounded | undefined;
  #clears = 0;
  #marks = 0;

  constructor(utterances: readonly Utterance[], taken: Set<Utterance>) {
    this.#utterances = utterances;
    this.#taken = taken;
  }

  take(sound: ServerSound): void {
    switch (sound.type) {
      case 'mark':
        this.#marks += 1;
        break;
      case 'clear':
        this.#clear();
        break;
      case 'media':
        this.#counts.frames += 1;
        if (!this.#goOn(sound.mulaw) && !this.#begin(sound.mulaw)) this.#fault(sound.mulaw);
        break;
    }
  }

  /** The call is over: what is not complete by now is lost. */
  close(): SoundAccount {
    this.#leave();
    return { ...this.#counts, sounded: this.#sounded };
  }

  #clear(): void {
    const current = this.#current;
    if (current && current.bytes < current.utterance.audio.length) current.cutBy = this.#clears;
    this.#current = undefined;
    this.#clears += 1;
  }

  #goOn(frame: Uint8Array): boolean {
    const current = this.#current;
    if (!current || !goesOnWith(current.utterance.audio, current.bytes, frame)) return false;
    current.bytes = Math.min(current.utterance.audio.length, current.bytes + frame.length);
    return true;
  }

  #begin(frame: Uint8Array): boolean {
    const utterance = this.#utterances.find((one) => !this.#taken.has(one) && goesOnWith(one.audio, 0, frame));
    if (!utterance) return false;
    this.#leave();
    if (utterance.number < (this.#sounded.at(-1)?.utterance.number ?? 0)) this.#counts.reordered += 1;
    this.#taken.add(utterance);
    this.#current = {
      utterance,
      bytes: Math.min(utterance.audio.length, frame.length),
      clearsBefore: this.#clears,
      marksBefore: this.#marks,
      cutBy: undefined,
    };
    this.#sounded.push(this.#current);
    return true;
  }

  /** A frame that should not come now: where does it come from? */
  #fault(frame: Uint8Array): void {
    const counts = this.#counts;
    const place = placeOf(frame, this.#utterances);
    const sounded = this.#sounded.find(({ utterance }) => utterance === place?.utterance);
    if (!place || !this.#taken.has(place.utterance)) counts.unknown += 1;
    else if (sounded?.cutBy !== undefined) counts.stale += 1;
    else if (!sounded || sounded !== this.#current || place.offset < sounded.bytes) counts.repeated += 1;
    else {
      counts.lost += (place.offset - sounded.bytes) / FRAME_BYTES;
      sounded.bytes = Math.min(place.utterance.audio.length, place.offset + frame.length);
    }
  }

  #leave(): void {
    const current = this.#current;
    if (current) this.#counts.lost += Math.ceil((current.utterance.audio.length - current.bytes) / FRAME_BYTES);
    this.#current = undefined;
  }
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
    for (let offset = 0; offset < utterance.audio.length; offset += FRAME_BYTES)
      if (goesOnWith(utterance.audio, offset, frame)) return { utterance, offset };
  return undefined;
}
