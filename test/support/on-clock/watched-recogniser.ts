import type { CallerEvent } from '../../../machines/call/events.ts';
import type { CallerAudio, SpeechToText, SpeechToTextOptions } from '../../../machines/call/ports.ts';
import { PIECE_BYTES } from '../../../services/speech-to-text/deepgram-flux/pieces.ts';
import { until } from '../until.ts';

/** A real recogniser in the hands of a test: it gets audio when the test says so, and what it tells is kept. */
export class WatchedRecogniser implements SpeechToText, CallerAudio {
  /** All that it told, oldest first. */
  readonly told: CallerEvent[] = [];
  readonly #recogniser: SpeechToText;
  #sink: ((audio: Uint8Array) => void) | undefined;

  constructor(recogniser: SpeechToText) {
    this.#recogniser = recogniser;
  }

  open(options: SpeechToTextOptions): ReturnType<SpeechToText['open']> {
    return this.#recogniser.open({
      ...options,
      on: (event) => {
        this.told.push(event);
        options.on(event);
      },
    });
  }

  attach(sink: (audio: Uint8Array) => void): () => void {
    this.#sink = sink;
    return () => {
      this.#sink = undefined;
    };
  }

  /** Resolves once it listens. */
  async listens(): Promise<void> {
    await until(() => this.#sink !== undefined);
  }

  /** Gives it one piece of 80 ms, and resolves once it has told so much in all. */
  async hears(told: number): Promise<void> {
    this.#sink?.(new Uint8Array(PIECE_BYTES));
    await until(() => this.told.length >= told);
  }
}
