import { FIRST_NAMES, SURNAMES } from './names.ts';
import { numberWords, ordinalWords } from './number-words.ts';

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Alternatives as one JSGF group. */
export const oneOf = (options: readonly string[]): string => `(${[...new Set(options)].join(' | ')})`;

/** Whole numbers, both ends included, as a JSGF group of words. */
export const numbers = (from: number, to: number): string => oneOf(range(from, to).map(numberWords));

/** JSGF rules for what is said the same way in every profile: `<anyDate>`, `<anyTime>` and `<anyName>`. */
export const SPOKEN_RULES: Readonly<Record<string, string>> = {
  weekday: 'monday | tuesday | wednesday | thursday | friday | saturday | sunday',
  month: 'january | february | march | april | may | june | july | august | september | october | november | december',
  dayOfMonth: range(1, 31).map(ordinalWords).join(' | '),
  anyDate: [
    'today',
    'tonight',
    'tomorrow [morning | afternoon | evening | night]',
    'the day after tomorrow',
    '[this | next] <weekday> [morning | afternoon | evening | night | the <dayOfMonth>]',
    'the <dayOfMonth> [of <month>]',
    '<month> [the] <dayOfMonth>',
    'in (two | three | four | five | six) days',
    'in (a | one | two) (week | weeks)',
  ].join(' | '),
  hour: numbers(1, 12),
  anyTime: [
    `<hour> [o'clock | fifteen | thirty | forty five | ten | twenty | forty | fifty] [<partOfDay>]`,
    '(half past | [a] quarter past | [a] quarter to) <hour> [<partOfDay>]',
    'noon | midday | midnight',
  ].join(' | '),
  partOfDay: 'p.m. | a.m. | in the (morning | afternoon | evening) | at night | tonight',
  surname: SURNAMES.join(' | '),
  anyName: `${oneOf(FIRST_NAMES)} [<surname>] | [mister | missus | miss | doctor] <surname>`,
};
