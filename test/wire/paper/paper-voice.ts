import type { TextToSpeech, VoiceSink } from '../../../machines/call/ports.ts';

/** 20 ms, half of the sound of each sentence; all bytes are the number of the sentence in this call (from 1). */
export const HALF_BYTES = 160;
const half = (number: number): Uint8Array => new Uint8Array(HALF_BYTES).fill(number);

const FAILURE = { code: 'bad-request', message: 'the voice failed', retryable: false } as const;

const WORD = /[\p{L}\p{N}]/u;

interface Speech {
  readonly number: number;
  readonly index: number;
  begun: boolean;
}

/** A voice that speaks one sentence at a time, as the adapter of Aura does, and makes no sound but when it is told to. */
export class PaperVoice implements TextToSpeech {
  /** Sentences that were begun in this call. */
  spoken = 0;
  #streams = 0;
  #speech: Speech | undefined;
  #sink: VoiceSink | undefined;
  #next = (): void => {};

  /** The sentence under way. */
  get speech(): Readonly<Speech> | undefined {
    return this.#speech;
  }

  open(sink: VoiceSink, signal: AbortSignal) {
    const stream = ++this.#streams;
    const waiting: { readonly index: number; readonly text: string }[] = [];
    let phase: 'open' | 'ended' | 'over' = 'open';
    this.#sink = sink;
    this.#speech = undefined;
    const advance = (): void => {
      if (phase === 'over' || stream !== this.#streams || this.#speech) return;
      const next = waiting.shift();
      if (next && WORD.test(next.text)) this.#speech = { number: ++this.spoken, index: next.index, begun: false };
      else if (next) {
        // Nothing of it can be said: it is over at once.
        sink.sentenceEnd(next.index);
        advance();
      } else if (phase === 'ended') {
        phase = 'over';
        sink.finished();
      }
    };
    signal.addEventListener('abort', () => {
      phase = 'over';
      if (stream === this.#streams) this.#speech = undefined;
    });
    this.#next = advance;
    return {
      say: (index: number, text: string) => {
        waiting.push({ index, text });
        queueMicrotask(advance);
      },
      end: () => {
        if (phase === 'open') phase = 'ended';
        queueMicrotask(advance);
      },
    };
  }

  begin(): void {
    const speech = this.#speech;
    if (!speech || speech.begun) return;
    speech.begun = true;
    this.#sink?.audio(speech.index, half(speech.number));
  }

  complete(): void {
    const speech = this.#speech;
    if (!speech) return;
    this.#sink?.audio(speech.index, half(speech.number));
    if (this.#speech !== speech) return;
    this.#speech = undefined;
    this.#sink?.sentenceEnd(speech.index);
    this.#next();
  }

  fail(): void {
    this.#speech = undefined;
    this.#sink?.failed(FAILURE);
  }
}
