import { z } from 'zod';
import { countSentences, PhraseError, parsePhrase } from './phrase.ts';

/** More variants than this belong into several phrases: each is an example that every classification is compared with. */
const MOST_SENTENCES = 100;

/** A phrase in a profile; see `phrase.ts` for the notation. Rejected when it cannot be read or has too many variants. */
export const phraseText = z.string().check((context) => {
  try {
    const count = countSentences(parsePhrase(context.value));
    if (count <= MOST_SENTENCES) return;
    context.issues.push({
      code: 'custom',
      message: `phrase "${context.value}" has ${count} variants, at most ${MOST_SENTENCES} are allowed: split it`,
      input: context.value,
    });
  } catch (error) {
    if (!(error instanceof PhraseError)) throw error;
    context.issues.push({ code: 'custom', message: error.message, input: context.value });
  }
});
