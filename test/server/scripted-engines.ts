import type { CallerEvent } from '../../machines/call/events.ts';
import type { ReplyPart, SpeechToTextOptions } from '../../machines/call/ports.ts';
import type { Engines } from '../../server/engines.ts';

/** Engines without engines: the test says what is recognised, each answer is one sentence, each sentence is 40 ms of sound. */
export class ScriptedEngines {
  answer = 'Certainly.';
  /** Bytes of caller audio that each call's recogniser got. */
  readonly #heardBytes = new Map<string, number>();
  readonly #sessions = new Map<string, SpeechToTextOptions>();
  readonly #waiting = new Set<() => void>();
  closed = 0;

  /** The recogniser of a call says something, as soon as it is open. */
  async says(callSid: string, event: CallerEvent): Promise<void> {
    await this.#until(() => this.#sessions.has(callSid));
    this.#sessions.get(callSid)?.on(event);
  }

  /** Resolves once the recogniser of a call got exactly so much; all that the phone sent before was handled then. */
  heard(callSid: string, bytes: number): Promise<void> {
    return this.#until(() => this.#heardBytes.get(callSid) === bytes);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #changed(): void {
    for (const look of this.#waiting) look();
    this.#waiting.clear();
  }

  readonly engines: Engines = {
    STT: {
      forCall: ({ callSid }) => ({
        speechToText: {
          open: async (options) => {
            this.#sessions.set(callSid, options);
            options.signal.addEventListener('abort', () => this.#sessions.delete(callSid), { once: true });
            this.#changed();
            return {
              write: ({ length }) => {
                this.#heardBytes.set(callSid, (this.#heardBytes.get(callSid) ?? 0) + length);
                this.#changed();
              },
              expect: () => {},
            };
          },
        },
      }),
      close: async () => {
        this.closed += 1;
      },
    },
    LLM: {
      forCall: () => ({
        languageModel: {
          stream: () => this.#reply(),
        },
        toolbox: { run: async () => '{}' },
      }),
      close: async () => {},
    },
    TTS: {
      forCall: () => ({
        textToSpeech: {
          open: (sink, signal) => ({
            say: (index) => {
              if (signal.aborted) return;
              sink.audio(index, new Uint8Array(320).fill(index));
              sink.sentenceEnd(index);
            },
            end: () => !signal.aborted && sink.finished(),
          }),
        },
      }),
      close: async () => {},
    },
  };

  async *#reply(): AsyncGenerator<ReplyPart> {
    yield { type: 'text', text: this.answer };
    yield { type: 'finish', reason: 'stop' };
  }
}
