import type { Decoder, SoundSwallowerModule } from 'soundswallower';
import { GARBAGE_WORDS } from './phones.ts';
import type { WordGraph } from './word-graph.ts';

/**
 * How likely speech is that fits no rule. Measured with the grammars of a concierge (690 words) and four voices, together
 * with the check of `hypothesis.ts`: of 148 sentences and 78 single short words that fit, 123 and 45 are heard word for
 * word, and of 50 that do not fit 7 pass; with 1e-14 122, 38 and 6, with 1e-10 121, 33 and 5.
 */
const GARBAGE_WEIGHT = 1e-18;

/** What the package exports, but does not declare: its finite-state grammars (`fsg_model.h`). Pointers are numbers. */
interface GraphFunctions {
  _decoder_logmath(decoder: number): number;
  _logmath_log(logmath: number, probability: number): number;
  _fsg_model_init(name: number, logmath: number, languageWeight: number, states: number): number;
  _fsg_set_states(fsg: number, start: number, end: number): void;
  _fsg_model_word_add(fsg: number, word: number): number;
  _fsg_model_trans_add(fsg: number, from: number, to: number, logProbability: number, word: number): void;
  _fsg_model_null_trans_add(fsg: number, from: number, to: number, logProbability: number): number;
  /** Takes the grammar over. Below 0: refused. */
  _decoder_set_fsg(decoder: number, fsg: number): number;
}

/** The package's module and decoder with what it does not declare of them. */
export type Engine = SoundSwallowerModule & GraphFunctions;
export type EngineDecoder = Decoder & { readonly cdecoder: number };

/**
 * Makes a decoder listen for the sentences of a graph, or for any sounds. What may follow in a state is equally likely.
 *
 * The package's own `set_grammar` is not used: it gives every bracket, choice and use of a rule states of its own, 6,684
 * for a concierge of which 549 are needed, and goes through all of them every 10 ms.
 *
 * @throws Error when a word is not in the decoder's dictionary
 */
export function listenForGraph(engine: Engine, decoder: EngineDecoder, { arcs, ends }: WordGraph): void {
  const logmath = engine._decoder_logmath(decoder.cdecoder);
  const log = (probability: number): number => engine._logmath_log(logmath, probability);
  const begin = arcs.length;
  const garbage = begin + 1;
  const moreGarbage = garbage + 1;
  const end = moreGarbage + 1;
  const fsg = engine._fsg_model_init(0, logmath, Number(decoder.get_config('lw')), end + 1);
  const words = new Map<string, number>();
  const wordNumber = (word: string): number => {
    const known = words.get(word) ?? withText(engine, word, (text) => engine._fsg_model_word_add(fsg, text));
    words.set(word, known);
    return known;
  };
  const add = (from: number, word: string, to: number, logProbability: number): void =>
    engine._fsg_model_trans_add(fsg, from, to, logProbability, wordNumber(word));
  engine._fsg_set_states(fsg, begin, end);
  engine._fsg_model_null_trans_add(fsg, begin, 0, 0);
  engine._fsg_model_null_trans_add(fsg, begin, garbage, log(GARBAGE_WEIGHT));
  arcs.forEach((nexts, state) => {
    const each = log(1 / (nexts.size + (ends.has(state) ? 1 : 0)));
    for (const [word, next] of nexts) add(state, word, next, each);
    if (ends.has(state)) engine._fsg_model_null_trans_add(fsg, state, end, each);
  });
  const eachSound = log(1 / GARBAGE_WORDS.length);
  for (const [sound] of GARBAGE_WORDS) {
    add(garbage, sound, moreGarbage, eachSound);
    add(moreGarbage, sound, moreGarbage, eachSound);
  }
  engine._fsg_model_null_trans_add(fsg, moreGarbage, end, 0);
  if (engine._decoder_set_fsg(decoder.cdecoder, fsg) < 0) throw new Error('the recogniser refused its network');
}

/** Lends a text as C reads it: UTF-8, ended by a zero. */
function withText<Result>(engine: Engine, text: string, use: (pointer: number) => Result): Result {
  const bytes = Buffer.from(`${text}\0`);
  const pointer = engine._malloc(bytes.length);
  engine.HEAPU8.set(bytes, pointer);
  try {
    return use(pointer);
  } finally {
    engine._free(pointer);
  }
}
