import * as chrono from 'chrono-node';
import { addDays } from '../../tools/civil-time.ts';
import type { Found } from './spoken-clock.ts';

/** A day as it was said, for example `2026-11-20`. */
export interface DateMention {
  readonly kind: 'date';
  readonly date: string;
}

const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december';
const DAY_OF_MONTH = new RegExp(
  String.raw`\b(?:(?:on|for|from|to) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day )?(?:the )?(?<day>\d{1,2})(?:st|nd|rd|th)\b(?! (?:of )?(?:${MONTHS}))`,
);
const MONTH_BEFORE = new RegExp(`(?:${MONTHS}) (?:the )?$`);
const LEAD = /\b(?:(?:on|for|from|to) )?(?:the )?$/;

/** What chrono takes for a day and callers do not: weekdays cut short, and stretches of time. */
const ALSO_A_WORD = /\b(?:sat|sun|wed)$|^(?:(?:the|a|this|that|last|next) )?(?:day|week|month|year|night|moment)$/;

/**
 * Finds the first day in a text whose numbers are digits and whose times of day were taken out.
 *
 * @param today `2026-11-20`; days without a year lie on or after it
 */
export function findDate(text: string, today: string): Found<DateMention> | undefined {
  return findDayOfMonth(text, today) ?? findWithChrono(text, today);
}

/** `the 23rd`, `friday the 27th`: chrono reads these only with a month. */
function findDayOfMonth(text: string, today: string): Found<DateMention> | undefined {
  const match = DAY_OF_MONTH.exec(text);
  const day = Number(match?.groups?.day);
  if (match === null || MONTH_BEFORE.test(text.slice(0, match.index + match[0].search(/\d/)))) {
    return undefined;
  }
  for (let ahead = 0; ahead < 62; ahead += 1) {
    const date = addDays(today, ahead);
    if (Number(date.slice(8)) === day) {
      return { mention: { kind: 'date', date }, start: match.index, end: match.index + match[0].length };
    }
  }
  return undefined;
}

function findWithChrono(text: string, today: string): Found<DateMention> | undefined {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  // Noon of the local calendar: chrono reads the reference with local getters, so that no time zone can move the day.
  const results = chrono.en.casual.parse(text, new Date(year, month - 1, day, 12), { forwardDate: true });
  const found = results.find(
    ({ start, text: said }) => (start.isCertain('day') || start.isCertain('weekday')) && !ALSO_A_WORD.test(said),
  );
  if (found === undefined) return undefined;
  const { start: when } = found;
  const part = (value: number | null, length: number): string => String(value ?? 0).padStart(length, '0');
  const date = `${part(when.get('year'), 4)}-${part(when.get('month'), 2)}-${part(when.get('day'), 2)}`;
  const lead = LEAD.exec(text.slice(0, found.index))?.[0].length ?? 0;
  return { mention: { kind: 'date', date }, start: found.index - lead, end: found.index + found.text.length };
}
