import { FIRST_NAMES, SURNAMES } from '../../../agents/grammar/names.ts';
import { parsePhrase, sentencesOf, withoutSlots } from '../../../agents/phrase.ts';
import type { Profile } from '../../../agents/profile.ts';
import { type DateMention, findDate } from './spoken-calendar.ts';
import { type ClockMention, type Found, findClock } from './spoken-clock.ts';
import { spokenDigits } from './spoken-digits.ts';

/** A number and what it counts: the slot that its unit names, `for` without a unit, or nothing. */
export interface NumberMention {
  readonly kind: 'number';
  readonly value: number;
  readonly counts: { readonly slot: string } | 'for' | 'nothing';
}
export interface NameMention {
  readonly kind: 'name';
  readonly name: string;
}
export interface ChoiceMention {
  readonly kind: 'choice';
  readonly slot: string;
  readonly value: string;
}

/** A slot's value found in what the caller said, before it is known which slot it is for. */
export type Mention = DateMention | ClockMention | NumberMention | NameMention | ChoiceMention;

/** What was said: the values, and the words around them. */
export interface Mentions {
  readonly found: readonly Mention[];
  /** The text without the values; `|` stands where they were. */
  readonly rest: string;
}

type Finder = (text: string) => Found<Mention> | undefined;

const KNOWN_NAMES: ReadonlySet<string> = new Set([...FIRST_NAMES, ...SURNAMES]);
const TITLE = '(?:mister|missus|miss|doctor|mr|mrs|ms|dr)';
const NAME = `(?<name>(?:${TITLE} )?[a-z'][a-z'-]*(?: [a-z'][a-z'-]*){0,2})`;
/** Whatever follows is a name. */
const NAME_CUE = new RegExp(
  String.raw`\b(?:(?:and )?my name is|under (?:the )?name(?: of)?|the name is|in the name of) ${NAME}`,
);
/** Only known names, or a title and a name, follow these. */
const WEAK_NAME_CUE = new RegExp(String.raw`\b(?:this is|i am|it is for|it is|for|under) ${NAME}`);
const NO_NAME = new Set(
  'a an and at for from i in is it no of on please thank thanks the to with yes tomorrow today but'.split(' '),
);

/** Makes the function that finds a profile's slot values in a text. `text` is plain words with numbers as digits. */
export function mentionFinder(profile: Profile): (text: string, today: string) => Mentions {
  const units = unitFinders(profile);
  const choices = choiceFinders(profile);
  return (text, today) => {
    const finders: Finder[] = [
      ...units,
      findClock,
      findNumberAfterFor,
      (rest) => findDate(rest, today),
      findName,
      ...choices,
      findBareNumber,
    ];
    const found: Mention[] = [];
    let rest = text;
    for (const find of finders) {
      for (let next = find(rest); next !== undefined; next = find(rest)) {
        found.push(next.mention);
        rest = `${rest.slice(0, next.start)}|${rest.slice(next.end)}`;
      }
    }
    return { found, rest };
  };
}

/** Numbers with their unit (`for 4 people`) and fixed expressions (`just me`), longest first. */
function unitFinders(profile: Profile): Finder[] {
  return Object.entries(profile.slots).flatMap(([name, slot]): Finder[] => {
    if (slot.kind !== 'number') return [];
    const units = [slot.unit.many, slot.unit.one, ...slot.alsoSaid].map(literal).join('|');
    const counted = new RegExp(String.raw`\b(?:for )?(?:(?:there are|we are) )?(?<value>\d{1,2}) (?:${units})(?![\w])`);
    const forms = slot.forms
      .flatMap(({ say, value }) => sentences(say).map((sentence) => ({ sentence, value })))
      .sort((one, other) => other.sentence.length - one.sentence.length);
    const mention = (value: number): NumberMention => ({ kind: 'number', value, counts: { slot: name } });
    return [
      (text) => {
        const match = counted.exec(text);
        return match === null ? undefined : spanOf(match, mention(Number(match.groups?.value)));
      },
      ...forms.map(({ sentence, value }): Finder => {
        const pattern = new RegExp(String.raw`\b${literal(sentence)}(?![\w])`);
        return (text) => {
          const match = pattern.exec(text);
          return match === null ? undefined : spanOf(match, mention(value));
        };
      }),
    ];
  });
}

function choiceFinders(profile: Profile): Finder[] {
  return Object.entries(profile.slots).flatMap(([slot, definition]): Finder[] => {
    if (definition.kind !== 'choice') return [];
    return definition.options
      .flatMap(({ value, say }) => say.flatMap(sentences).map((sentence) => ({ sentence, value })))
      .sort((one, other) => other.sentence.length - one.sentence.length)
      .map(({ sentence, value }) => {
        const pattern = new RegExp(String.raw`\b${literal(sentence)}s?(?![\w])`);
        return (text) => {
          const match = pattern.exec(text);
          return match === null ? undefined : spanOf(match, { kind: 'choice', slot, value });
        };
      });
  });
}

function findName(text: string): Found<NameMention> | undefined {
  const match = NAME_CUE.exec(text);
  const sure = match === null ? undefined : nameIn(match, () => true);
  if (sure !== undefined) return sure;
  const weak = WEAK_NAME_CUE.exec(text);
  return weak === null ? undefined : nameIn(weak, (word) => KNOWN_NAMES.has(word));
}

function nameIn(match: RegExpExecArray, isName: (word: string) => boolean): Found<NameMention> | undefined {
  const words = (match.groups?.name ?? '').split(' ');
  const titled = new RegExp(`^${TITLE}$`).test(words[0] ?? '') ? 1 : 0;
  const end = words.findIndex(
    (word, index) => index >= titled && (NO_NAME.has(word) || !(titled === 1 || isName(word))),
  );
  const kept = end < 0 ? words : words.slice(0, end);
  if (kept.length <= titled) return undefined;
  const length = match[0].length - words.slice(kept.length).join(' ').length;
  return { mention: { kind: 'name', name: nameCase(kept.join(' ')) }, start: match.index, end: match.index + length };
}

/** `for 4`: before the days, or chrono takes `13 on sunday` for a time. */
function findNumberAfterFor(text: string): Found<NumberMention> | undefined {
  const match = /\bfor (?<value>\d{1,2})(?![\w:])(?! (?:days?|weeks?|months?|years?)\b)/.exec(text);
  return match === null
    ? undefined
    : spanOf(match, { kind: 'number', value: Number(match.groups?.value), counts: 'for' });
}

function findBareNumber(text: string): Found<NumberMention> | undefined {
  const match = /\b(?<value>\d{1,2})(?![\w:])/.exec(text);
  return match === null
    ? undefined
    : spanOf(match, { kind: 'number', value: Number(match.groups?.value), counts: 'nothing' });
}

/** `john smith` is `John Smith`; `mister o'neil` is `Mister O'Neil`. */
export function nameCase(name: string): string {
  return name.replace(/(^|[ '-])([a-z])/g, (_, before: string, letter: string) => `${before}${letter.toUpperCase()}`);
}

/** Whether these words alone can be somebody's name: one to three, none of them a word of grammar. */
export function looksLikeName(words: readonly string[]): boolean {
  return words.length >= 1 && words.length <= 3 && words.every((word) => /^[a-z'-]+$/.test(word) && !NO_NAME.has(word));
}

const sentences = (phrase: string): string[] => sentencesOf(parsePhrase(phrase), withoutSlots).map(spokenDigits);
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const spanOf = <M extends Mention>(match: RegExpExecArray, mention: M): Found<M> => ({
  mention,
  start: match.index,
  end: match.index + match[0].length,
});
