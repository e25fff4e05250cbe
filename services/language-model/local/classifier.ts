import { CORRECTIONS, LEADS, TAILS } from '../../../agents/courtesy.ts';
import { ACT_PHRASES, DIALOGUE_ACTS } from '../../../agents/dialogue-acts.ts';
import { parsePhrase, sentencesOf, withoutSlots } from '../../../agents/phrase.ts';
import type { Intent, Profile } from '../../../agents/profile.ts';
import { type Example, type Match, NearestExample } from '../../knowledge/nearest-example.ts';
import { plainWords } from '../../knowledge/plain-words.ts';
import { spokenDigits } from './spoken-digits.ts';

/** What a caller can mean: an intent of the profile, or a dialogue act. */
export interface Meaning {
  readonly name: string;
  readonly does: Intent['does'];
  /** Completes "Do you want to know about …?". */
  readonly about?: string | undefined;
  readonly emergency: boolean;
}

/** Meanings of one utterance, with the example that each is based on. */
export interface Classification {
  /** Understood, in the order said; more than one when turns were merged. */
  readonly sure: readonly Match<Meaning>[];
  /** Possible, nearest first, at most two; only when nothing is sure. */
  readonly unsure: readonly Match<Meaning>[];
}

export interface Classifier {
  /** @param said the whole utterance; `rest`: without its slot values (`|` where they were) */
  classify(said: string, rest: string): Classification;
  /** What remains of a text when courtesies and words of correction are taken away: empty when there was nothing else. */
  core(text: string): string;
}

/** Similarities, chosen on the test sentences of both profiles: as few wrong answers as possible, then few questions. */
const SURE = 0.62;
const SURE_EMERGENCY = 0.5;
const POSSIBLE = 0.42;
/** Two utterances in one must each be this clear, and clearer than the whole. */
const SURE_PART = 0.8;

const examplesOf = (phrase: string): string[] =>
  sentencesOf(parsePhrase(phrase), withoutSlots).map((sentence) => spokenDigits(plainWords(sentence)));

const longestFirst = (phrases: readonly string[]): string[] =>
  [...new Set(phrases.flatMap(examplesOf))].sort((one, other) => other.length - one.length);

const LEADING = longestFirst(LEADS);
const TRAILING = longestFirst(TAILS);
const CORRECTING = longestFirst(CORRECTIONS).filter((words) => words !== 'no');

/** Builds the classifier of a profile from the example phrases of its intents and of the dialogue acts. */
export function createClassifier(profile: Profile): Classifier {
  const examples: Example<Meaning>[] = [];
  const learn = (meaning: Meaning, phrases: readonly string[]): void => {
    for (const text of new Set(phrases.flatMap(examplesOf))) examples.push({ label: meaning, text });
  };
  for (const { name, does, about, emergency, phrases } of profile.intents) {
    learn({ name, does, about, emergency: emergency ?? false }, phrases);
  }
  for (const act of DIALOGUE_ACTS) learn({ name: act, does: { act }, emergency: false }, ACT_PHRASES[act]);
  const index = new NearestExample(examples);

  const rank = (text: string): Match<Meaning>[] => {
    const stripped = withoutCourtesy(text);
    const [whole, core] = [index.rank(text), stripped === text ? [] : index.rank(stripped)];
    return (core[0]?.score ?? 0) > (whole[0]?.score ?? 0) ? core : whole;
  };

  return {
    classify(said, rest) {
      const plain = rest.replaceAll('|', ' ').replace(/\s+/g, ' ').trim();
      const candidates = [rank(plain), ...(plain === said ? [] : [rank(said)])];
      const [best = []] = candidates.sort((one, other) => (other[0]?.score ?? 0) - (one[0]?.score ?? 0));
      const emergency = best.find(({ label, score }) => label.emergency && score >= SURE_EMERGENCY);
      if (emergency !== undefined) return { sure: [emergency], unsure: [] };
      const parts = twoParts(plain, best[0]?.score ?? 0, rank);
      if (parts !== undefined) return { sure: parts, unsure: [] };
      const [top] = best;
      if (top !== undefined && top.score >= SURE) return { sure: [top], unsure: [] };
      return { sure: [], unsure: best.filter(({ score }) => score >= POSSIBLE).slice(0, 2) };
    },
    core(text) {
      let core = withoutCourtesy(text.replaceAll('|', ' ').replace(/\s+/g, ' ').trim());
      for (const words of CORRECTING) {
        if (core === words || core.startsWith(`${words} `)) core = core.slice(words.length).trim();
      }
      return core;
    },
  };
}

/** Splits an utterance that says two things, as merged turns do; undefined when it says one. */
function twoParts(
  text: string,
  whole: number,
  rank: (part: string) => Match<Meaning>[],
): readonly Match<Meaning>[] | undefined {
  const words = text.split(' ');
  if (words.length < 4 || whole > 0.95) return undefined;
  let best: { readonly score: number; readonly parts: readonly Match<Meaning>[] } | undefined;
  for (let at = 1; at < words.length; at += 1) {
    const [first] = rank(words.slice(0, at).join(' '));
    if (first === undefined || first.score < SURE_PART) continue;
    const [second] = rank(words.slice(at).join(' '));
    if (second === undefined || second.score < SURE_PART || first.label === second.label) continue;
    const score = Math.min(first.score, second.score);
    if (score > Math.max(whole, best?.score ?? 0)) best = { score, parts: [first, second] };
  }
  return best?.parts;
}

/** Without leads and tails; a text that is nothing else stays as it is. */
function withoutCourtesy(text: string): string {
  let core = text;
  for (let before = ''; before !== core; ) {
    before = core;
    for (const lead of LEADING) if (core.startsWith(`${lead} `)) core = core.slice(lead.length + 1);
    for (const tail of TRAILING) if (core.endsWith(` ${tail}`)) core = core.slice(0, -tail.length - 1);
  }
  return core;
}
