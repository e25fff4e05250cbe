import { CORRECTIONS, LEADS, TAILS } from '../courtesy.ts';
import { ACT_PHRASES, BACK_CHANNELS, DIALOGUE_ACTS, SHORT_ANSWERS } from '../dialogue-acts.ts';
import type { Profile } from '../profile.ts';
import { type Slot, slotNames } from '../slot.ts';
import { CHANGE_TOPIC, CONFIRM_TOPIC, OPENING_TOPIC } from '../topics.ts';
import { byLastWord, prefixTree } from './prefix-tree.ts';
import { slotRules } from './slot-rules.ts';
import { oneOf, SPOKEN_RULES } from './spoken-rules.ts';

/**
 * What the caller may say, by topic: the text of JSGF rules for a grammar-only recogniser.
 *
 * Each text defines the public rule `<utterance>` and every rule it needs, one `name = expansion;` a line, without the
 * `#JSGF` header and the `grammar` line. All words are lower case and in the recogniser's dictionary or in
 * `profile.pronunciations`; the recogniser adds its own branch for speech that fits nothing. Topics: `opening`,
 * `confirm`, `change`, and each slot's name. Every topic also hears all intents (a caller may always change the subject)
 * and the back-channels.
 *
 * @example grammarsOf(loadProfile('continental')).opening
 */
export function grammarsOf(profile: Profile): Record<string, string> {
  const topics = [OPENING_TOPIC, CONFIRM_TOPIC, CHANGE_TOPIC, ...Object.keys(profile.slots)];
  return Object.fromEntries(topics.map((topic) => [topic, grammarOf(profile, topic)]));
}

const CORRECTING_TOPICS: readonly string[] = [CONFIRM_TOPIC, CHANGE_TOPIC];

function grammarOf(profile: Profile, topic: string): string {
  const openers = profile.intents.filter(({ does }) => 'task' in does).flatMap(({ phrases }) => phrases);
  const plain = profile.intents.filter(({ does }) => !('task' in does)).flatMap(({ phrases }) => phrases);
  const acts = DIALOGUE_ACTS.flatMap((act) => (act === 'changeBooking' ? [] : ACT_PHRASES[act]));
  const rules: Record<string, string> = {
    ...SPOKEN_RULES,
    lead: prefixTree(LEADS),
    tail: prefixTree(TAILS),
    short: oneOf([...BACK_CHANNELS, ...SHORT_ANSWERS, ...(topic in profile.slots ? ['<answer>'] : [])]),
    request: prefixTree([...plain, ...acts]),
    opener: byLastWord([...openers, ...ACT_PHRASES.changeBooking]),
    correction: byLastWord(topic === CHANGE_TOPIC ? [...CORRECTIONS, 'to'] : CORRECTIONS),
    details: detailsAt(profile, topic),
  };
  for (const [name, slot] of Object.entries(profile.slots)) {
    const { value, mention, answer } = slotRules(slot);
    rules[name] = value;
    // "make it eight": where things are set right, a time needs no "at".
    rules[`${name}Mention`] = slot.kind === 'time' && CORRECTING_TOPICS.includes(topic) ? answer : mention;
    if (name === topic) rules.answer = answer;
  }
  // Short answers have a branch of their own: among hundreds of phrases a single short word would be pruned.
  // One reference to the details only: a recogniser copies a rule into its network for each reference to it.
  const starts = topic === OPENING_TOPIC ? ['<opener>'] : ['<opener>', '<correction>'];
  const told = `<request> | [${starts.join(' | ')}] <details>`;
  const called =
    topic === CHANGE_TOPIC
      ? ` | ${oneOf(
          Object.values(profile.slots)
            .flatMap(slotNames)
            .map((words) => `[change] the ${words}`),
        )}`
      : '';
  return reachable({ ...rules, utterance: `[<lead>] (${told}${called}) [<tail>] | <short> [<tail>]` })
    .map(([name, expansion]) => `${name === 'utterance' ? 'public ' : ''}<${name}> = ${expansion};`)
    .join('\n');
}

/**
 * The slots that may be mentioned, in the orders that callers use: choices, numbers, day and time, numbers again, name.
 * No loop: it would join every end of a value with every beginning, and a recogniser needs ten times longer to load that.
 */
function detailsAt(profile: Profile, topic: string): string {
  const tasks = profile.tasks.filter(
    ({ slots }) => !(topic in profile.slots) || slots.some(({ slot }) => slot === topic),
  );
  const names = new Set(tasks.flatMap(({ slots }) => slots.map(({ slot }) => slot)));
  const mentions = (...kinds: Slot['kind'][]): string[] =>
    [...names]
      .filter((name) => kinds.some((kind) => profile.slots[name]?.kind === kind))
      .map((name) => `<${name}Mention>`);
  const optional = (options: readonly string[]): string => (options.length === 0 ? '' : `[${options.join(' | ')}]`);
  const dates = mentions('date');
  const times = mentions('time');
  const when =
    dates.length > 0 && times.length > 0
      ? [`${oneOf(dates)} [${times.join(' | ')}]`, `${oneOf(times)} [${dates.join(' | ')}]`]
      : [...dates, ...times];
  const numbers = optional(mentions('number'));
  return [optional(mentions('choice')), numbers, optional(when), numbers, optional(mentions('name'))]
    .filter((part) => part !== '')
    .join(' ');
}

/** The rules that `<utterance>` needs, itself first. */
function reachable(rules: Readonly<Record<string, string>>): [string, string][] {
  const found = new Map<string, string>();
  const visit = (name: string): void => {
    const expansion = rules[name];
    if (found.has(name) || expansion === undefined) return;
    found.set(name, expansion);
    for (const [, next] of expansion.matchAll(/<(\w+)>/g)) if (next !== undefined) visit(next);
  };
  visit('utterance');
  return [...found];
}
