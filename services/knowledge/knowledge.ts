import { parsePhrase, sentencesOf, withoutSlots } from '../../agents/phrase.ts';
import type { Profile } from '../../agents/profile.ts';
import { type Example, NearestExample } from './nearest-example.ts';
import { plainWords } from './plain-words.ts';

/** What an agent knows, found by name or by question. */
export interface Knowledge {
  /** The fact in sentences that can be spoken; shorter or different from the second time on. @param times told before */
  tell(fact: string, times: number): string | undefined;
  /** The fact that answers a question best; undefined when none is close. */
  find(question: string): { readonly fact: string; readonly answer: string; readonly score: number } | undefined;
  /** All facts as lines of text, for the prompt of a language model. */
  sheet(): string;
}

/** Below this similarity a question is about something else. Chosen on the test sentences of both profiles. */
const CLOSE_ENOUGH = 0.45;

/** Builds the knowledge of a profile from its facts and the phrases of the intents that they answer. */
export function createKnowledge(profile: Profile): Knowledge {
  const examples: Example<string>[] = profile.intents.flatMap(({ does, phrases }) =>
    'answer' in does
      ? phrases
          .flatMap((phrase) => sentencesOf(parsePhrase(phrase), withoutSlots))
          .map((text) => ({ label: does.answer, text: plainWords(text) }))
      : [],
  );
  const index = new NearestExample(examples);
  return {
    tell(fact, times) {
      const known = profile.facts[fact];
      return times > 0 ? (known?.again ?? known?.answer) : known?.answer;
    },
    find(question) {
      const [best] = index.rank(plainWords(question));
      const answer = best === undefined ? undefined : profile.facts[best.label]?.answer;
      if (best === undefined || answer === undefined || best.score < CLOSE_ENOUGH) return undefined;
      return { fact: best.label, answer, score: best.score };
    },
    sheet: () =>
      Object.entries(profile.facts)
        .map(([name, { answer }]) => `${name}: ${answer}`)
        .join('\n'),
  };
}
