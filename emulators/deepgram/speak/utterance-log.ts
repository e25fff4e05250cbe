import { monotonicClock } from '../../twilio/clock.ts';
import type { SpeakEndpointOptions } from './endpoint.ts';

/** One `Speak` of a client, and what became of it. Times are ms of the emulator's clock. */
export interface Utterance {
  /** Over all sockets, from 0, in the order of arrival. */
  readonly number: number;
  readonly socket: number;
  readonly text: string;
  readonly spokenAtMs: number;
  /** Its sound as it left, encoded. */
  readonly audio: Uint8Array;
  /** When the last of its sound left. */
  readonly lastAudioAtMs: number | undefined;
  /** When it had been spoken to its end. */
  readonly flushedAtMs: number | undefined;
  /** When the client dropped it; it may have been spoken to its end by then, and the client not know it yet. */
  readonly clearedAtMs: number | undefined;
}

interface Written extends Omit<Utterance, 'audio' | 'lastAudioAtMs' | 'flushedAtMs' | 'clearedAtMs'> {
  readonly frames: Uint8Array[];
  lastAudioAtMs: number | undefined;
  flushedAtMs: number | undefined;
  clearedAtMs: number | undefined;
}

/**
 * Writes down what clients let `/v1/speak` say. For clients that flush each text and wait for its `Flushed`, or drop it with
 * `Clear`, before they send the next: then whatever sounds on a socket is its last text.
 *
 * @example const log = new UtteranceLog(); createSpeakEndpoint({ ...log.hooks });
 */
export class UtteranceLog {
  readonly #now: () => number;
  readonly #utterances: Written[] = [];
  /** The last one of each socket. */
  readonly #last = new Map<number, Written>();

  constructor(now: () => number = () => monotonicClock.now()) {
    this.#now = now;
  }

  readonly hooks: Required<Pick<SpeakEndpointOptions, 'onMessage' | 'onAudio' | 'onFlushed'>> = {
    onMessage: (socket, message) => {
      if (message.type === 'Speak') this.#begin(socket, message.text);
      if (message.type !== 'Clear') return;
      const last = this.#last.get(socket);
      if (last) last.clearedAtMs ??= this.#now();
    },
    onAudio: (socket, _text, frame) => {
      const last = this.#last.get(socket);
      if (!last) return;
      last.frames.push(frame);
      last.lastAudioAtMs = this.#now();
    },
    onFlushed: (socket) => {
      const last = this.#last.get(socket);
      if (last) last.flushedAtMs = this.#now();
    },
  };

  /** All so far, in the order of arrival. Joins the sound anew each time: for afterwards. */
  utterances(): readonly Utterance[] {
    return this.#utterances.map(({ frames, ...utterance }) => ({ ...utterance, audio: Buffer.concat(frames) }));
  }

  #begin(socket: number, text: string): void {
    const utterance: Written = {
      number: this.#utterances.length,
      socket,
      text,
      spokenAtMs: this.#now(),
      frames: [],
      lastAudioAtMs: undefined,
      flushedAtMs: undefined,
      clearedAtMs: undefined,
    };
    this.#utterances.push(utterance);
    this.#last.set(socket, utterance);
  }
}
