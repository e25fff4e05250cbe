const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const ORDINAL_ONES = [
  'zeroth',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
];
const ORDINAL_TENS = ['', '', 'twentieth', 'thirtieth'];

/** A whole number as it is spoken, 0–99: 21 is `twenty one`. */
export function numberWords(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 99) throw new RangeError(`no words for ${value}: 0 to 99 only`);
  const ones = ONES[value];
  if (ones !== undefined) return ones;
  const tens = TENS[Math.floor(value / 10)] ?? '';
  return value % 10 === 0 ? tens : `${tens} ${ONES[value % 10]}`;
}

/** An ordinal as it is spoken, 1–39: 21 is `twenty first`. */
export function ordinalWords(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 39)
    throw new RangeError(`no words for ${value}th: 1 to 39 only`);
  const ones = ORDINAL_ONES[value];
  if (ones !== undefined) return ones;
  return value % 10 === 0
    ? (ORDINAL_TENS[value / 10] ?? '')
    : `${TENS[Math.floor(value / 10)]} ${ORDINAL_ONES[value % 10]}`;
}
