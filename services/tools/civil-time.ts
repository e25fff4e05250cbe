import { WEEKDAYS } from '../../agents/profile.ts';

/** What a clock and a calendar on the wall show: `2026-11-20` and `19:30`. */
export interface CivilTime {
  readonly date: string;
  readonly time: string;
}

export type Weekday = (typeof WEEKDAYS)[number];

/** One for each time zone: making one takes a third of a millisecond, and every turn asks on its way to the model. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** The wall clock of a time zone (IANA name) at an instant. */
export function civilTime(instant: Date, timeZone: string): CivilTime {
  const parts = clockOf(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** Days from one date to another, for example 1 from `2026-11-20` to `2026-11-21`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The date some days after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** @param date for example `2026-11-20` */
export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[new Date(Date.parse(date)).getUTCDay()] ?? 'sunday';
}
