import { BYTES_PER_MS } from '../../codecs/framing.ts';
import { decodeMulaw, MULAW_SILENCE } from '../../codecs/g711/mulaw.ts';
import { encodeWav } from '../../codecs/wav.ts';

export type Side = 'caller' | 'agent';

/** Keeps µ-law audio that sounded from `fromSample` on, counted from the track's start. Keeps the bytes, not a copy. */
export type RecordTrack = (side: Side, fromSample: number, audio: Uint8Array) => void;

/** Both directions of a call, each sound at the moment when it was really spoken or heard. */
export class Recorder {
  readonly #pieces: { readonly side: Side; readonly sample: number; readonly audio: Uint8Array }[] = [];

  readonly #keeps: boolean;

  /** @param options `keeps`: false records nothing, for load tests: a call takes 16 kB a second */
  constructor({ keeps = true }: { readonly keeps?: boolean | undefined } = {}) {
    this.#keeps = keeps;
  }

  /** @param startedAt clock time (ms) of the track's sample 0 */
  track(startedAt: number): RecordTrack {
    if (!this.#keeps) return () => {};
    const origin = Math.round(startedAt * BYTES_PER_MS);
    return (side, fromSample, audio) => {
      this.#pieces.push({ side, sample: origin + fromSample, audio });
    };
  }

  /**
   * One side, µ-law, 8 kHz, silence where nothing sounded. Both sides begin with the first sound or frame of either and
   * have the same length.
   */
  render(side: Side): Uint8Array {
    let begin = Number.POSITIVE_INFINITY;
    let end = Number.NEGATIVE_INFINITY;
    for (const { sample, audio } of this.#pieces) {
      begin = Math.min(begin, sample);
      end = Math.max(end, sample + audio.length);
    }
    if (end <= begin) return new Uint8Array(0);
    const rendered = new Uint8Array(end - begin).fill(MULAW_SILENCE);
    for (const piece of this.#pieces) if (piece.side === side) rendered.set(piece.audio, piece.sample - begin);
    return rendered;
  }

  /** A WAV file, 8 kHz, 16-bit PCM: the caller on the left, the agent on the right. */
  toWav(): Uint8Array {
    const channels = [decodeMulaw(this.render('caller')), decodeMulaw(this.render('agent'))];
    return encodeWav({ sampleRate: BYTES_PER_MS * 1000, channels });
  }
}
