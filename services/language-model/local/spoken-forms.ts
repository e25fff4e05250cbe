import { numberWords, ordinalWords } from '../../../agents/grammar/number-words.ts';
import type { Slot, SlotValue } from '../../../agents/slot.ts';
import { addDays, daysBetween, weekdayOf } from '../../tools/civil-time.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Further away than this, a day is spoken with its month. */
const DAYS_WITHOUT_MONTH = 14;

/**
 * A day as the agent says it: `today`, `tomorrow`, `Friday the twentieth`, `Friday the fourth of December`.
 *
 * @param date `2026-11-20`
 * @param today the same form
 */
export function speakDate(date: string, today: string): string {
  if (date === today) return 'today';
  if (date === addDays(today, 1)) return 'tomorrow';
  const weekday = weekdayOf(date);
  const day = ordinalWords(Number(date.slice(8)));
  const named = `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} the ${day}`;
  const near = Math.abs(daysBetween(today, date)) <= DAYS_WITHOUT_MONTH;
  return near ? named : `${named} of ${MONTHS[Number(date.slice(5, 7)) - 1]}`;
}

/** A time as the agent says it: `19:30` is `seven thirty in the evening`, `09:05` is `nine oh five in the morning`. */
export function speakTime(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (hour === 12 && minute === 0) return 'noon';
  if (hour === 0 && minute === 0) return 'midnight';
  const hours = numberWords(hour % 12 === 0 ? 12 : hour % 12);
  const minutes = minute === 0 ? '' : minute < 10 ? ` oh ${numberWords(minute)}` : ` ${numberWords(minute)}`;
  return `${hours}${minutes} ${partOfDay(hour)}`;
}

function partOfDay(hour: number): string {
  if (hour < 12) return 'in the morning';
  if (hour < 18) return 'in the afternoon';
  return hour < 22 ? 'in the evening' : 'at night';
}

/** A reference as the agent says it, one sign at a time: `K47` is `K 4 7`. */
export function speakReference(reference: string): string {
  return [...reference].join(' ');
}

/** A slot's value as the agent says it: `two people`, `tomorrow`, `seven in the evening`, `John Smith`. */
export function speakValue(slot: Slot, value: SlotValue, today: string): string {
  switch (slot.kind) {
    case 'date':
      return speakDate(String(value), today);
    case 'time':
      return speakTime(String(value));
    case 'number': {
      const count = Number(value);
      const words = count >= 0 && count <= 99 ? numberWords(count) : String(count);
      return `${words} ${count === 1 ? slot.unit.one : slot.unit.many}`;
    }
    default:
      return String(value);
  }
}
