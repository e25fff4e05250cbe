/** A time of day as it was said. */
export interface ClockMention {
  readonly kind: 'time';
  /** 0–23; 1–12 when nobody said which half of the day. */
  readonly hour: number;
  readonly minute: number;
  /** Which half of the day was said, if any. */
  readonly half?: 'am' | 'pm' | undefined;
}

export interface Found<Mention> {
  readonly mention: Mention;
  readonly start: number;
  readonly end: number;
}

const LEAD = String.raw`(?:\b(?:at|around|about|by) )?`;
const HALF = '(?<half> ?[ap]m| in the (?:morning|afternoon|evening)| at night| tonight)?';
const HOUR = String.raw`(?<hour>[01]?\d|2[0-3])`;
const END = String.raw`(?![\w:])`;
const MINUTES: Readonly<Record<string, number>> = { half: 30, quarter: 15 };

/** Most telling form first: the first that fits wins. */
const FORMS: readonly RegExp[] = [
  String.raw`${LEAD}\b(?<noon>noon|midday|midnight)${END}`,
  String.raw`${LEAD}\b(?:a )?(?<part>half|quarter|\d{1,2}) (?:minutes )?(?<side>past|after|to) ${HOUR}\b(?! (?:people|guests|nights))${HALF}${END}`,
  String.raw`${LEAD}\b${HOUR}[: ](?<minute>[0-5]\d)\b(?! (?:people|guests|nights))${HALF}${END}`,
  String.raw`${LEAD}\b${HOUR} o'clock${HALF}${END}`,
  String.raw`${LEAD}\b${HOUR}(?<half> ?[ap]m| in the (?:morning|afternoon|evening)| at night| tonight)${END}`,
  String.raw`\b(?:at|around|about|by) ${HOUR}${END}(?! (?:people|guests|persons|nights|of us))`,
].map((form) => new RegExp(form));

/**
 * Finds the first time of day in a text whose numbers are digits: `half past 6`, `6 30`, `quarter to 5`, `7 o'clock`,
 * `at 7 tonight`, `12:30 pm`, `noon`.
 *
 * Elsewhere in the text, `evening`, `night` and `afternoon` make it the second half of the day, `morning` the first.
 */
export function findClock(text: string): Found<ClockMention> | undefined {
  for (const form of FORMS) {
    const match = form.exec(text);
    const mention = match === null ? undefined : readClock(match.groups ?? {}, text);
    if (match !== null && mention !== undefined) {
      return { mention, start: match.index, end: match.index + match[0].length };
    }
  }
  return undefined;
}

function readClock(groups: Readonly<Record<string, string | undefined>>, text: string): ClockMention | undefined {
  if (groups.noon !== undefined)
    return {
      kind: 'time',
      hour: groups.noon === 'midnight' ? 0 : 12,
      minute: 0,
      half: groups.noon === 'midnight' ? 'am' : 'pm',
    };
  const hour = Number(groups.hour);
  const half = halfOf(groups.half) ?? halfOf(text);
  if (groups.part !== undefined) {
    const minutes = MINUTES[groups.part] ?? Number(groups.part);
    if (minutes > 59) return undefined;
    return groups.side === 'to'
      ? { kind: 'time', hour: hour === 1 ? 12 : hour - 1, minute: 60 - minutes, half }
      : { kind: 'time', hour, minute: minutes, half };
  }
  return { kind: 'time', hour, minute: Number(groups.minute ?? 0), half };
}

function halfOf(text: string | undefined): 'am' | 'pm' | undefined {
  if (text === undefined) return undefined;
  if (/\b(tonight|evening|night|afternoon)\b|pm\b/.test(text)) return 'pm';
  return /\bmorning\b|\dam\b|^ ?am$/.test(text) ? 'am' : undefined;
}

/** Opening hours of one stretch: `18:00` to `22:00`. */
export interface OpenStretch {
  readonly from: string;
  readonly to: string;
}

/**
 * Decides which half of the day is meant, and gives `19:30`.
 *
 * What the caller said wins. Otherwise the reading inside the opening hours; otherwise the afternoon for one to seven.
 */
export function resolveClock({ hour, minute, half }: ClockMention, open: readonly OpenStretch[]): string {
  const clock = (hours: number): string => `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (hour > 12 || hour === 0) return clock(hour);
  const morning = clock(hour % 12);
  const evening = clock((hour % 12) + 12);
  if (half !== undefined) return half === 'am' ? morning : evening;
  const fits = (time: string): boolean => open.some(({ from, to }) => from <= time && time < to);
  if (fits(evening)) return evening;
  if (fits(morning)) return morning;
  return hour <= 7 || hour === 12 ? evening : morning;
}
