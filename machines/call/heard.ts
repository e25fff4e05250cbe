import { NOTHING_UNHEARD, type Unheard } from './context.ts';
import type { Heard } from './events.ts';

/** How long a sentence sounds whose audio is not complete yet (ms per character): 15 characters a second, slow speech. */
const MS_PER_CHARACTER = 65;

/**
 * Divides what was being said into what the caller heard and what he did not.
 *
 * Whole sentences count by their marks; the one in flight counts in proportion to the audio played, rounded down to whole
 * words. Pure: called by the chart when playout reports a cut.
 *
 * @param sentences everything that was given to the voice, in order
 * @returns `heard`, the text for the history (empty when nothing was heard), and `unheard`, all from the first unheard
 *   word on
 */
export function divideAtCut(
  sentences: readonly string[],
  { sentences: whole, partial, retained = 0 }: Heard,
): { heard: string; unheard: Unheard } {
  const [cut = '', ...later] = sentences.slice(whole);
  const prefix = partial ? wordsPlayed(cut, partial) : '';
  const heard = [...sentences.slice(0, whole), prefix].filter((text) => text !== '').join(' ');
  // Heard to its last word, only its mark is missing: what playout holds of it is of no use any more.
  if (prefix === cut) return { heard, unheard: { ...NOTHING_UNHEARD, sentences: later } };
  const rest = cut.slice(prefix.length).trimStart();
  const skipMs = partial ? Math.floor((partial.lengthMs * (cut.length - rest.length)) / cut.length) : 0;
  return { heard, unheard: { sentences: [rest, ...later], retained, skipMs } };
}

function wordsPlayed(sentence: string, { playedMs, lengthMs, complete }: NonNullable<Heard['partial']>): string {
  const wholeMs = complete ? lengthMs : Math.max(lengthMs, sentence.length * MS_PER_CHARACTER);
  if (wholeMs <= 0) return '';
  const characters = Math.floor(sentence.length * Math.min(1, playedMs / wholeMs));
  if (characters >= sentence.length) return sentence;
  const lastSpace = sentence.lastIndexOf(' ', characters);
  return lastSpace < 0 ? '' : sentence.slice(0, lastSpace);
}
