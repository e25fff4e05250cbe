import type { CallerEvent, Failure } from '../../../machines/call/events.ts';
import { failureOf } from '../../../machines/call/failure.ts';
import { ServiceError } from '../../errors.ts';
import { startThread, type Thread } from '../../local/thread.ts';
import type { Endpointing } from './endpointer.ts';
import type { RecogniserMessage, RecogniserRequest } from './recogniser-messages.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a thread has to know to listen for the sessions of one `SpeechToText`. */
export interface Knowledge {
  readonly vocabulary: number;
  readonly content: Vocabulary;
  readonly endpointing: Endpointing;
}

/** Whom a session reports to. */
export interface Ear {
  on(event: CallerEvent): void;
  onLost(failure: Failure): void;
}

interface Pending {
  resolve(): void;
  reject(error: ServiceError): void;
}

/** One thread that listens for any number of sessions. A thread that dies takes its sessions with it and is replaced. */
export class Recogniser {
  readonly #knowledge = new Map<number, Knowledge>();
  /** What the running thread has been taught, or is being taught, by vocabulary. */
  readonly #taught = new Map<number, Promise<void>>();
  readonly #ears = new Map<number, Ear>();
  readonly #pending = new Map<number, Pending>();
  #thread: Promise<Thread<RecogniserRequest>> | undefined;
  /** The thread itself, once it is ready: audio does not wait for a promise. */
  #running: Thread<RecogniserRequest> | undefined;
  #requests = 0;
  #opening = 0;

  /** Sessions that are open or being opened. */
  get sessions(): number {
    return this.#ears.size + this.#opening;
  }

  /** Resolves when the thread has tried all grammars. @throws ServiceError `bad-request` naming the one it refuses */
  async start(): Promise<void> {
    const thread = await this.#started();
    await Promise.all([...this.#knowledge.keys()].map((vocabulary) => this.#teach(thread, vocabulary)));
    this.#holdWhileNeeded();
  }

  /** From now on sessions may use this; the thread learns it when it starts, or with the first session. */
  learn(knowledge: Knowledge): void {
    this.#knowledge.set(knowledge.vocabulary, knowledge);
  }

  /** @throws ServiceError `unavailable`, `bad-request`, `cancelled` */
  async open(session: number, vocabulary: number, topic: string, ear: Ear): Promise<void> {
    this.#opening += 1;
    try {
      const thread = await this.#started();
      this.#holdWhileNeeded();
      await this.#teach(thread, vocabulary);
      await this.#ask(thread, (request) => ({ type: 'open', request, session, vocabulary, topic }));
      this.#ears.set(session, ear);
    } finally {
      this.#opening -= 1;
      this.#holdWhileNeeded();
    }
  }

  /** Hands over the buffer of `mulaw`. */
  hear(session: number, mulaw: Uint8Array<ArrayBuffer>): void {
    if (this.#ears.has(session)) this.#running?.post({ type: 'audio', session, mulaw }, [mulaw.buffer]);
  }

  expect(session: number, topic: string): void {
    if (this.#ears.has(session)) this.#running?.post({ type: 'expect', session, topic });
  }

  /** Nothing is reported to the session's ear afterwards. */
  close(session: number): void {
    this.#running?.post({ type: 'close', session });
    this.#forget(session);
  }

  /** Ends the thread. Open sessions are told that they are lost. */
  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#lose(new ServiceError('the recogniser was stopped', { code: 'cancelled', vendor: 'local' }));
    await (await thread?.catch(() => undefined))?.stop();
  }

  #started(): Promise<Thread<RecogniserRequest>> {
    this.#thread ??= this.#startThread();
    return this.#thread;
  }

  async #startThread(): Promise<Thread<RecogniserRequest>> {
    const thread = await new Promise<Thread<RecogniserRequest>>((resolve, reject) => {
      const started = startThread<RecogniserRequest, RecogniserMessage>({
        entry: new URL('./recogniser-thread.ts', import.meta.url),
        data: {},
        onMessage: (message) => (message.type === 'ready' ? resolve(started) : this.#receive(message)),
        onLost: (reason) => {
          const error = new ServiceError(`the recogniser's thread died: ${reason}`, {
            code: 'unavailable',
            vendor: 'local',
          });
          const wasReady = this.#running !== undefined;
          this.#lose(error);
          reject(error);
          // Whoever needs the new thread meets its failure, so nobody has to here.
          if (wasReady) this.start().catch(() => undefined);
        },
      });
    });
    this.#running = thread;
    return thread;
  }

  /** Each vocabulary once per thread. */
  #teach(thread: Thread<RecogniserRequest>, vocabulary: number): Promise<void> {
    const known = this.#taught.get(vocabulary);
    if (known !== undefined) return known;
    const knowledge = this.#knowledge.get(vocabulary);
    if (knowledge === undefined) throw new TypeError(`vocabulary ${vocabulary} was never learnt`);
    const teaching = this.#ask(thread, (request) => ({ type: 'learn', request, ...knowledge }));
    this.#taught.set(vocabulary, teaching);
    return teaching;
  }

  #ask(thread: Thread<RecogniserRequest>, make: (request: number) => RecogniserRequest): Promise<void> {
    this.#requests += 1;
    const request = this.#requests;
    return new Promise((resolve, reject) => {
      this.#pending.set(request, { resolve, reject });
      thread.post(make(request));
    });
  }

  #receive(message: Exclude<RecogniserMessage, { type: 'ready' }>): void {
    switch (message.type) {
      case 'heard':
        this.#ears.get(message.session)?.on(message.event);
        return;
      case 'lost': {
        const ear = this.#ears.get(message.session);
        this.#forget(message.session);
        ear?.onLost({ code: 'unavailable', message: `the decoder broke: ${message.reason}`, retryable: true });
        return;
      }
      case 'done':
        this.#take(message.request)?.resolve();
        return;
      case 'refused':
        this.#take(message.request)?.reject(new ServiceError(message.reason, { code: 'bad-request', vendor: 'local' }));
    }
  }

  #take(request: number): Pending | undefined {
    const pending = this.#pending.get(request);
    this.#pending.delete(request);
    return pending;
  }

  #forget(session: number): void {
    this.#ears.delete(session);
    this.#holdWhileNeeded();
  }

  #holdWhileNeeded(): void {
    this.#running?.holdProcess(this.sessions > 0);
  }

  #lose(error: ServiceError): void {
    this.#thread = undefined;
    this.#running = undefined;
    const pending = [...this.#pending.values()];
    const ears = [...this.#ears.values()];
    this.#taught.clear();
    this.#pending.clear();
    this.#ears.clear();
    for (const { reject } of pending) reject(error);
    for (const ear of ears) ear.onLost(failureOf(error));
  }
}
