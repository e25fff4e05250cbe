import { join } from 'node:path';
import createModule, { type Decoder, type SoundSwallowerModule } from 'soundswallower';
import { MODEL_FOLDER } from './dictionary.ts';
import type { Segment } from './hypothesis.ts';
import { GARBAGE_WORDS } from './phones.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A path where no file is: the words are added one by one instead. An empty path breaks the engine. */
const NO_DICTIONARY = join(MODEL_FOLDER, 'no-dictionary');

let engine: Promise<SoundSwallowerModule> | undefined;

/**
 * The recogniser's code, once per thread. To be loaded in a worker thread only: it installs a handler of uncaught
 * exceptions that rethrows them.
 */
function loadEngine(): Promise<SoundSwallowerModule> {
  const options = { modelBase: MODEL_FOLDER, print() {}, printErr() {} };
  engine ??= createModule(options);
  return engine;
}

/**
 * A streaming decoder for the 8 kHz telephone model, one utterance at a time. Takes 25 ms to start, 14 MB, and 5 % of a
 * core while somebody speaks with a grammar of 30 words, 20 % with that of a whole concierge.
 */
export class GrammarDecoder {
  readonly #decoder: Decoder;
  readonly #grammars: ReadonlyMap<string, string>;
  #topic: string | undefined;

  private constructor(decoder: Decoder, vocabulary: Vocabulary) {
    this.#decoder = decoder;
    this.#grammars = new Map(Object.entries(vocabulary.grammars));
  }

  static async create(vocabulary: Vocabulary): Promise<GrammarDecoder> {
    const { Decoder } = await loadEngine();
    const decoder = new Decoder({ samprate: 8000, dict: NO_DICTIONARY });
    await decoder.initialize();
    decoder.add_words(
      ...[...vocabulary.pronunciations, ...GARBAGE_WORDS].map(([word, phones]) => [word, phones] as [string, string]),
    );
    return new GrammarDecoder(decoder, vocabulary);
  }

  /** What the decoder listens for. */
  get topic(): string | undefined {
    return this.#topic;
  }

  /**
   * Chooses the grammar of the next utterance; takes 5 ms (30 words) to 200 ms (a whole concierge) when it changes. An unknown topic means the first grammar.
   *
   * @throws Error naming the topic when its grammar is not JSGF
   */
  listenFor(topic: string): void {
    const known = this.#grammars.has(topic) ? topic : [...this.#grammars.keys()][0];
    if (known === undefined || known === this.#topic) return;
    try {
      this.#decoder.set_grammar(this.#grammars.get(known) ?? '');
    } catch (error) {
      throw new Error(`grammar "${known}" is not JSGF`, { cause: error });
    }
    this.#topic = known;
  }

  /** Begins an utterance. */
  begin(): void {
    this.#decoder.start();
  }

  /** @param samples of any length, 8 kHz, -1 … 1 */
  feed(samples: Float32Array): void {
    this.#decoder.process_audio(samples);
  }

  /** The words so far, those of the garbage branch included; may end in the middle of a sentence. */
  text(): string {
    return this.#decoder.get_text();
  }

  /**
   * The words so far, or of the utterance that was ended last, with their times and scores.
   *
   * @param scores `aligned` goes over the sound of the words once more (10 to 40 ms), `unaligned` takes what is there
   */
  segments(scores: 'aligned' | 'unaligned'): readonly Segment[] {
    if (this.text() === '') return [];
    try {
      return this.#decoder.get_alignment({ align_level: scores === 'aligned' ? 1 : 0 }).w ?? [];
    } catch (error) {
      // The engine's way to say that nothing can be aligned is an empty answer, which is not JSON.
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  }

  /** Ends the utterance: from now on {@link segments} is a whole sentence of the grammar, or of the garbage branch. */
  end(): void {
    this.#decoder.stop();
  }

  /** Frees its memory. Unusable afterwards. */
  delete(): void {
    this.#decoder.delete();
  }
}
