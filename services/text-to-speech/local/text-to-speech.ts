import { failureOf } from '../../../machines/call/failure.ts';
import type { TextToSpeech, VoiceSink, VoiceStream } from '../../../machines/call/ports.ts';
import type { SynthesiserPool } from './synthesiser-pool.ts';
import type { Voice } from './voices.ts';

export interface LocalTextToSpeechOptions {
  /** Shared by all calls of the process; closed by whoever made it. */
  readonly pool: SynthesiserPool;
  /** Default `slt`. */
  readonly voice?: Voice;
  /** Speaking rate: 1 (default) is the voice's own, 1.2 is a fifth faster. */
  readonly rate?: number;
}

/**
 * Speaks with Flite: no key, no network. A sentence arrives as one chunk, some 40 ms after it was asked for; while it
 * plays, the next is already made.
 */
export function createLocalTextToSpeech({ pool, voice = 'slt', rate = 1 }: LocalTextToSpeechOptions): TextToSpeech {
  return {
    open: (sink, signal) => new LocalVoiceStream(sink, signal, (text) => pool.speak({ text, voice, rate }, signal)),
  };
}

/** At most one sentence is in the pool at any time: that keeps the order, and the pool's plain queue fair. */
class LocalVoiceStream implements VoiceStream {
  readonly #sink: VoiceSink;
  readonly #signal: AbortSignal;
  readonly #speak: (text: string) => Promise<Uint8Array>;
  /** All steps so far; whether the stream goes on. */
  #steps: Promise<boolean> = Promise.resolve(true);

  constructor(sink: VoiceSink, signal: AbortSignal, speak: (text: string) => Promise<Uint8Array>) {
    this.#sink = sink;
    this.#signal = signal;
    this.#speak = speak;
  }

  say(index: number, text: string): void {
    this.#then(async () => {
      const mulaw = await this.#speak(text);
      if (this.#signal.aborted) return;
      if (mulaw.length > 0) this.#sink.audio(index, mulaw);
      // The sink may have cut the turn from within.
      if (!this.#signal.aborted) this.#sink.sentenceEnd(index);
    });
  }

  end(): void {
    this.#then(() => this.#sink.finished());
  }

  /** After an abort, and after the first failure, nothing is delivered any more. */
  #then(step: () => void | Promise<void>): void {
    this.#steps = this.#steps.then(async (goesOn) => {
      if (!goesOn || this.#signal.aborted) return false;
      try {
        await step();
        return true;
      } catch (error) {
        if (!this.#signal.aborted) this.#sink.failed(failureOf(error));
        return false;
      }
    });
  }
}
