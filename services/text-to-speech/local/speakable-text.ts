/**
 * Rewrites what a screen shows into what Flite says well. Flite reads ASCII, money in dollars, percentages, ordinals,
 * times such as `7:30` and titles by itself; everything else that a phone agent says is rewritten here.
 *
 * @returns ASCII text; empty when there is nothing to say
 * @example speakableText('Table for 2 at 7:00 pm – £25 & a view') // 'Table for 2 at 7 pm, 25 pounds and a view'
 */
export function speakableText(text: string): string {
  let speakable = text.normalize('NFKD');
  for (const [pattern, replacement] of REWRITES) {
    speakable =
      typeof replacement === 'string'
        ? speakable.replace(pattern, replacement)
        : speakable.replace(pattern, (...match: string[]) => replacement(match));
  }
  return /[a-z0-9]/i.test(speakable) ? speakable.trim() : '';
}

type Rewrite = readonly [pattern: RegExp, replacement: string | ((match: readonly string[]) => string)];

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const CURRENCIES: Readonly<Record<string, string>> = { '£': 'pound', '€': 'euro' };

/** In this order: later patterns rely on what earlier ones left. */
const REWRITES: readonly Rewrite[] = [
  [/[‘’‛′]/g, "'"],
  [/[“”„″«»"]/g, ''],
  [/\s*[–—]\s*|\s+-+\s+/g, ', '],
  [/\.{2,}/g, '.'],
  [/\[([^\]]*)\]\([^)]*\)/g, '$1'],
  [/[*_`#~]+/g, ''],
  [/([£€])\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d\d))?/g, ([, sign = '', whole = '', cents]) => money(sign, whole, cents)],
  [
    /\b(\d{4})-(\d\d)-(\d\d)\b/g,
    ([, year, month, day]) => `${MONTHS[Number(month) - 1] ?? month} ${Number(day)}, ${year}`,
  ],
  [/\b(\d{1,2}):00(?=\s*[ap]\.?m\b)/gi, '$1'],
  [/\b(\d{1,2}):00\b/g, "$1 o'clock"],
  [/\b(\d{1,2}):0(\d)\b/g, '$1 oh $2'],
  [/\+?\(?\d[\d\s().-]{5,}\d/g, ([number = '']) => spokenNumber(number)],
  [/\s*&\s*/g, ' and '],
  [/\s*@\s*/g, ' at '],
  [/°\s?([CF])\b/g, ' degrees'],
  [/°/g, ' degrees'],
  [/[^\x20-\x7e]+/g, (match) => (/^\s+$/.test(match[0] ?? '') ? ' ' : '')],
  [/\s+/g, ' '],
];

function money(sign: string, whole: string, cents: string | undefined): string {
  const amount = whole.replaceAll(',', '');
  const unit = `${CURRENCIES[sign]}${amount === '1' ? '' : 's'}`;
  return cents === undefined || cents === '00' ? `${amount} ${unit}` : `${amount} ${unit} ${Number(cents)}`;
}

const FEWEST_DIGITS_OF_A_PHONE_NUMBER = 7;

/** Digit by digit, with a comma (a short rest) where the number is grouped; no phone number, no change. */
function spokenNumber(number: string): string {
  if (number.replace(/\D/g, '').length < FEWEST_DIGITS_OF_A_PHONE_NUMBER) return number;
  const groups = number.match(/\d+/g) ?? [];
  const spoken = groups.map((group) => [...group].join(' ')).join(', ');
  return number.startsWith('+') ? `plus ${spoken}` : spoken;
}
