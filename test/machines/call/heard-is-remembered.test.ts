import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../../emulators/openai/seeded-random.ts';
import { drawOrder } from '../../model/orders/drawn-order.ts';
import { BRIEF } from '../../support/call-on-paper.ts';
import { callOnClock } from '../../support/on-clock/call.ts';
import { answer } from '../../support/on-clock/model.ts';

const WORDS = 24;
const ANSWERS = Array.from(
  { length: 2 * WORDS },
  (_, index) => `Answer ${index} begins here. Then answer ${index} goes on to its end.`,
);

const escaped = (text: string): string => text.replace(/[.?]/g, '\\$&');

/** What can be heard of a word that was cut: less than all of it. */
const BEGINNINGS = [...ANSWERS, ...BRIEF.script.greeting, ...BRIEF.script.reprompts]
  .flatMap((text) => text.split(' '))
  .flatMap((word) => Array.from(word.slice(1), (_, index) => word.slice(0, index + 1)));
const CUT_WORDS = `(?:${[...new Set(BEGINNINGS)].map(escaped).join('|')})*?`;

/** Without spaces, which have no sound of their own between sentences, and without what was heard of a cut character. */
const joined = (heard: string): string => heard.replace(/\(\d+ bytes of .\)| /g, '');

/**
 * Reads what was heard as the words that are remembered, one after the other. Before each there may be beginnings of words
 * that were cut, and behind the last whatever is being said.
 *
 * @returns the first word that was not heard where it should have been
 */
function firstUnheard(heard: string, remembered: readonly string[]): string | undefined {
  let rest = joined(heard);
  for (const word of remembered) {
    const found = new RegExp(`^${CUT_WORDS}${escaped(word)}`).exec(rest);
    if (!found) return `"${word}" in "${rest.slice(0, 40)}"`;
    rest = rest.slice(found[0].length);
  }
  return undefined;
}

describe('what is remembered of the agent', () => {
  it.each(
    Array.from({ length: 30 }, (_, seed) => seed),
  )('is what the caller heard, whoever spoke when: %i', async (seed) => {
    const random = seededRandom(seed + 1000);
    const order = drawOrder(seed + 100, WORDS);
    const call = await callOnClock({ answers: ANSWERS.map((text) => answer(text)) }).listening();
    for (const [index, { events }] of order.moves.entries()) {
      for (const event of events) call.caller.tell(event);
      if (random() < 0.05) call.send(call.now, { type: 'line.dtmf', digit: '*' });
      await call.until(call.now + 3 * (order.pauses[index] ?? 0));
    }
    const remembered = call.history
      .slice(1)
      .flatMap((message) => (message.role === 'assistant' ? message.text.split(' ') : []));
    expect(firstUnheard(call.heard(), remembered)).toBeUndefined();
  });
});
