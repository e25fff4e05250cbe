import { ServiceError } from '../../errors.ts';
import type { Endpointing } from './endpointer.ts';
import { type Ear, type Knowledge, Recogniser } from './recogniser.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface RecogniserPoolOptions {
  /**
   * Threads that listen. Default 1. To hear a concierge's caller takes 7 to 10 % of a core while he speaks, so that a
   * core carries eight who all speak at the same time in comfort; silence costs next to nothing.
   */
  readonly threads?: number;
}

/** An open session's way to its thread. */
export interface Hearing {
  hear(mulaw: Uint8Array<ArrayBuffer>): void;
  expect(topic: string): void;
  close(): void;
}

/** The recognisers of a process, shared by all its calls. */
export interface RecogniserPool {
  /** Starts all threads; resolves when each has tried every grammar. @throws ServiceError `bad-request`, `unavailable` */
  ready(): Promise<void>;
  /** Sessions that are open or being opened. */
  readonly sessions: number;
  /** Ends all threads. Open sessions are told that they are lost; no session can be opened any more. */
  close(): Promise<void>;
  /** Makes a vocabulary known to all threads. For {@link createLocalSpeechToText}. @returns its number */
  teach(content: Vocabulary, endpointing: Endpointing): number;
  /** Opens a session on the thread with the fewest. For {@link createLocalSpeechToText}. @throws ServiceError */
  open(vocabulary: number, topic: string, ear: Ear): Promise<Hearing>;
}

/** @example const pool = createRecogniserPool({ threads: 2 }); */
export function createRecogniserPool({ threads = 1 }: RecogniserPoolOptions = {}): RecogniserPool {
  return new Pool(Array.from({ length: threads }, () => new Recogniser()));
}

class Pool implements RecogniserPool {
  readonly #recognisers: readonly Recogniser[];
  #vocabularies = 0;
  #sessions = 0;
  #closing: Promise<unknown> | undefined;

  constructor(recognisers: readonly Recogniser[]) {
    this.#recognisers = recognisers;
  }

  get sessions(): number {
    return this.#recognisers.reduce((sum, { sessions }) => sum + sessions, 0);
  }

  async ready(): Promise<void> {
    this.#requireOpen();
    await Promise.all(this.#recognisers.map((recogniser) => recogniser.start()));
  }

  teach(content: Vocabulary, endpointing: Endpointing): number {
    this.#vocabularies += 1;
    const knowledge: Knowledge = { vocabulary: this.#vocabularies, content, endpointing };
    for (const recogniser of this.#recognisers) recogniser.learn(knowledge);
    return knowledge.vocabulary;
  }

  async open(vocabulary: number, topic: string, ear: Ear): Promise<Hearing> {
    this.#requireOpen();
    this.#sessions += 1;
    const session = this.#sessions;
    const recogniser = this.#recognisers.reduce((best, other) => (other.sessions < best.sessions ? other : best));
    await recogniser.open(session, vocabulary, topic, ear);
    return {
      hear: (mulaw) => recogniser.hear(session, mulaw),
      expect: (next) => recogniser.expect(session, next),
      close: () => recogniser.close(session),
    };
  }

  async close(): Promise<void> {
    this.#closing ??= Promise.all(this.#recognisers.map((recogniser) => recogniser.stop()));
    await this.#closing;
  }

  #requireOpen(): void {
    if (this.#closing !== undefined) {
      throw new ServiceError('the recogniser pool was closed', { code: 'cancelled', vendor: 'local' });
    }
  }
}
