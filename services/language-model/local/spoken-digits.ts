import { numberWords, ordinalWords } from '../../../agents/grammar/number-words.ts';

const VALUES = new Map<string, string>();
for (let value = 0; value <= 20; value += 1) VALUES.set(numberWords(value), String(value));
for (let value = 30; value <= 90; value += 10) VALUES.set(numberWords(value), String(value));
for (let value = 1; value <= 20; value += 1) VALUES.set(ordinalWords(value), ordinal(value));
VALUES.set(ordinalWords(30), ordinal(30));

const MONTH_THE_DAY =
  /\b(january|february|march|april|may|june|july|august|september|october|november|december) the (\d{1,2}(?:st|nd|rd|th))\b/g;

/** 1 is `1st`, 22 is `22nd`, 13 is `13th`. */
function ordinal(value: number): string {
  const teens = value % 100 >= 11 && value % 100 <= 13;
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}

/**
 * Writes spoken numbers in digits: `twenty first` gives `21st`, `six thirty` gives `6 30`, `oh five` gives `05`.
 *
 * `december the first` gives `december 1st`. Only tens and a following one make one number; all else stays apart, as times and telephone numbers are spoken.
 *
 * @param text plain words, lower case
 */
export function spokenDigits(text: string): string {
  const written: string[] = [];
  for (const word of text.split(' ')) {
    const value = VALUES.get(word) ?? word;
    const before = written.at(-1);
    if (before === 'oh' && /^[1-9]$/.test(value)) {
      written[written.length - 1] = `0${value}`;
    } else if (before !== undefined && /^[2-9]0$/.test(before) && /^[1-9](st|nd|rd|th)?$/.test(value)) {
      written[written.length - 1] = `${before.charAt(0)}${value}`;
    } else {
      written.push(value);
    }
  }
  return written.join(' ').replace(MONTH_THE_DAY, '$1 $2');
}
