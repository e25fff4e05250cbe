import { BYTES_PER_MS } from '../../../codecs/framing.ts';
import type { TextToSpeech, VoiceSink, VoiceStream } from '../../../machines/call/ports.ts';
import type { Timeline } from './timeline.ts';

/** How a voice in virtual time speaks. */
export interface VoicePace {
  /** ms from a sentence to its audio, which comes in one piece. */
  readonly firstByte: number;
  /** How long a character sounds (ms). */
  readonly msPerCharacter: number;
}

export const VOICE_PACE: VoicePace = { firstByte: 200, msPerCharacter: 100 };

/** A hundred characters: ten seconds of sound at {@link VOICE_PACE}. */
export const TEN_SECONDS =
  'The hotel was built by a king, burned down, and was built again by his daughters, who were painters.';

/** Silence in µ-law. */
const SILENCE = 0xff;

/** The first printable character of ASCII; the bytes from 0x00 to 0x5e are all louder than -40 dBFS, so no point in them is quiet. */
const FIRST_CHARACTER = 0x20;

/** What a text (printable ASCII) sounds like: each character is a byte of its own, for as long as it sounds. */
export function soundOf(text: string, msPerCharacter: number): Uint8Array {
  const bytes = msPerCharacter * BYTES_PER_MS;
  return Buffer.concat(Array.from(text, (character) => Buffer.alloc(bytes, character.charCodeAt(0) - FIRST_CHARACTER)));
}

/** Reads a sound back: whole characters as they are, anything else to the byte, for example `(37 bytes of x)`. */
export function textOf(sound: Uint8Array, msPerCharacter: number): string {
  const whole = msPerCharacter * BYTES_PER_MS;
  let text = '';
  for (let end = 0, start = 0; start < sound.length; start = end) {
    const byte = sound[start] ?? SILENCE;
    while (sound[end] === byte) end += 1;
    const character = byte === SILENCE ? 'silence' : String.fromCharCode(byte + FIRST_CHARACTER);
    const bytes = byte === SILENCE ? end - start : (end - start) % whole;
    text += character.repeat(byte === SILENCE ? 0 : (end - start - bytes) / whole);
    if (bytes > 0) text += `(${bytes} bytes of ${character})`;
  }
  return text;
}

/** A voice in virtual time: makes one sentence after the other, in the order in which they come. */
export class VoiceOnClock implements TextToSpeech {
  readonly #timeline: Timeline;
  readonly #pace: VoicePace;

  constructor(timeline: Timeline, pace: VoicePace) {
    this.#timeline = timeline;
    this.#pace = pace;
  }

  open(sink: VoiceSink, signal: AbortSignal): VoiceStream {
    const { firstByte } = this.#pace;
    const later = (run: () => void): void => this.#timeline.after(firstByte, signal, run);
    let waiting = 0;
    let ended = false;
    return {
      say: (index, text) => {
        this.#timeline.note(`voice: ${text}`);
        waiting += 1;
        later(() => {
          sink.audio(index, soundOf(text, this.#pace.msPerCharacter));
          sink.sentenceEnd(index);
          waiting -= 1;
          if (ended && waiting === 0) sink.finished();
        });
      },
      end: () => {
        ended = true;
        if (waiting === 0) sink.finished();
      },
    };
  }
}
