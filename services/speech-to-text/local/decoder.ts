import { join } from 'node:path';
import createModule from 'soundswallower';
import { MODEL_FOLDER } from './dictionary.ts';
import type { Segment } from './hypothesis.ts';
import { type Engine, type EngineDecoder, listenForGraph } from './network.ts';
import { GARBAGE_WORDS } from './phones.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { WordGraph } from './word-graph.ts';

/** A path where no file is: the words are added one by one instead. An empty path breaks the engine. */
const NO_DICTIONARY = join(MODEL_FOLDER, 'no-dictionary');

/**
 * The cepstral mean that a caller is taken to have until the first utterance has ended: that of four synthetic voices
 * over µ-law. With the engine's own (40, 3, -1) the first utterance is understood one time in seven less often.
 */
const TELEPHONE_SPEECH = '49,5,16,3,0,0,-3,2,3,2,3,1,2';

let engine: Promise<Engine> | undefined;

/**
 * The recogniser's code, once per thread. To be loaded in a worker thread only: it installs a handler of uncaught
 * exceptions that rethrows them.
 */
function loadEngine(): Promise<Engine> {
  const options = { modelBase: MODEL_FOLDER, print() {}, printErr() {} };
  engine ??= createModule(options) as Promise<Engine>;
  return engine;
}

/**
 * A streaming decoder for the 8 kHz telephone model, one utterance at a time and one caller after the other: it learns
 * how a caller's line sounds. Takes 25 ms to start, 14 MB, and 4 % of a core while somebody speaks, with the grammar of a
 * whole concierge.
 */
export class GrammarDecoder {
  readonly #engine: Engine;
  readonly #decoder: EngineDecoder;
  readonly #grammars: ReadonlyMap<string, WordGraph>;
  #topic: string | undefined;

  private constructor(engine: Engine, decoder: EngineDecoder, vocabulary: Vocabulary) {
    this.#engine = engine;
    this.#decoder = decoder;
    this.#grammars = new Map(Object.entries(vocabulary.grammars));
  }

  static async create(vocabulary: Vocabulary): Promise<GrammarDecoder> {
    const engine = await loadEngine();
    const decoder = new engine.Decoder({
      samprate: 8000,
      dict: NO_DICTIONARY,
      cmninit: TELEPHONE_SPEECH,
    }) as EngineDecoder;
    await decoder.initialize();
    decoder.add_words(
      ...[...vocabulary.pronunciations, ...GARBAGE_WORDS].map(([word, phones]) => [word, phones] as [string, string]),
    );
    return new GrammarDecoder(engine, decoder, vocabulary);
  }

  /** What the decoder listens for. */
  get topic(): string | undefined {
    return this.#topic;
  }

  /**
   * Chooses the grammar of the next utterance; takes 20 to 30 ms for that of a whole concierge. An unknown topic means
   * the first grammar.
   *
   * @throws Error naming the topic whose grammar the engine refuses
   */
  listenFor(topic: string): void {
    const known = this.#grammars.has(topic) ? topic : [...this.#grammars.keys()][0];
    const graph = known === undefined ? undefined : this.#grammars.get(known);
    if (graph === undefined || known === this.#topic) return;
    try {
      listenForGraph(this.#engine, this.#decoder, graph);
    } catch (error) {
      throw new Error(`grammar "${known}" was refused`, { cause: error });
    }
    this.#topic = known;
  }

  /** Forgets how the last caller and line sounded (1 ms). */
  async forgetCaller(): Promise<void> {
    await this.#decoder.reinitialize_audio();
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
