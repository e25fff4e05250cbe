import { ServiceError } from '../../errors.ts';
import { speakableText } from './speakable-text.ts';
import { Synthesiser } from './synthesiser.ts';
import type { Speech } from './synthesiser-messages.ts';

export interface SynthesiserPoolOptions {
  /** Threads that speak at the same time. Default 1: one speaks some forty times faster than real time. */
  readonly threads?: number;
  /** How long one sentence may take (ms) before its thread is replaced. Default 10,000. */
  readonly deadlineMs?: number;
}

/** The synthesisers of a process, shared by all its calls. */
export interface SynthesiserPool {
  /** Starts all threads; resolves when each has spoken a first, unheard word. @throws ServiceError `unavailable` */
  ready(): Promise<void>;
  /**
   * Speaks one text. First come, first served: whoever asks for the next sentence only when the one before is done (as
   * a {@link TextToSpeech} stream does) can never keep others waiting for more than one sentence.
   *
   * @param signal when it aborts, a text that waits is never spoken, and the result of one under way is thrown away
   * @returns µ-law, 8 kHz; empty when the text has nothing to say
   * @throws ServiceError `cancelled`, `timeout`, `unavailable`, `bad-request`
   */
  speak(speech: Speech, signal?: AbortSignal): Promise<Uint8Array>;
  /** Texts that wait or are under way. A cancelled text counts until its thread is free again. */
  readonly jobs: number;
  /** Resolves as soon as `jobs` is 0. */
  idle(): Promise<void>;
  /** Ends all threads. Every text that is not done fails with `cancelled`, and so does every later one. */
  close(): Promise<void>;
}

interface Job {
  readonly speech: Speech;
  resolve(mulaw: Uint8Array): void;
  reject(error: unknown): void;
}

/** @example const pool = createSynthesiserPool({ threads: 2 }); await pool.ready(); */
export function createSynthesiserPool({
  threads = 1,
  deadlineMs = 10_000,
}: SynthesiserPoolOptions = {}): SynthesiserPool {
  return new Pool(Array.from({ length: threads }, () => new Synthesiser(deadlineMs)));
}

class Pool implements SynthesiserPool {
  readonly #all: readonly Synthesiser[];
  readonly #free: Synthesiser[];
  readonly #waiting: Job[] = [];
  #whenIdle: (() => void)[] = [];
  #closing: Promise<void> | undefined;

  constructor(synthesisers: readonly Synthesiser[]) {
    this.#all = synthesisers;
    this.#free = [...synthesisers];
  }

  get jobs(): number {
    return this.#waiting.length + this.#all.length - this.#free.length;
  }

  async ready(): Promise<void> {
    await Promise.all(this.#all.map((synthesiser) => synthesiser.start()));
  }

  speak(speech: Speech, signal?: AbortSignal): Promise<Uint8Array> {
    const text = speakableText(speech.text);
    if (text === '') return Promise.resolve(new Uint8Array(0));
    return new Promise((resolve, reject) => {
      if (this.#closing !== undefined || signal?.aborted) return reject(cancelled());
      const job: Job = {
        speech: { ...speech, text },
        resolve: (mulaw) => {
          signal?.removeEventListener('abort', cancel);
          resolve(mulaw);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', cancel);
          reject(error);
        },
      };
      const cancel = (): void => this.#cancel(job);
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.push(job);
      this.#dispatch();
    });
  }

  idle(): Promise<void> {
    return this.jobs === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const job of this.#waiting.splice(0)) job.reject(cancelled());
    await Promise.all(this.#all.map((synthesiser) => synthesiser.stop()));
  }

  /** A job under way keeps its thread: only its promise ends now. */
  #cancel(job: Job): void {
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
    job.reject(cancelled());
    this.#reportIdle();
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      const synthesiser = this.#free.pop();
      const job = synthesiser && this.#waiting.shift();
      if (synthesiser === undefined || job === undefined) return;
      void synthesiser
        .speak(job.speech)
        .finally(() => {
          this.#free.push(synthesiser);
          this.#dispatch();
          this.#reportIdle();
        })
        .then(job.resolve, job.reject);
    }
  }

  #reportIdle(): void {
    if (this.jobs > 0) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of waiting) resolve();
  }
}

function cancelled(): ServiceError {
  return new ServiceError('the sentence was cancelled', { code: 'cancelled', vendor: 'local' });
}
