const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b/g, 'cannot'],
  [/\bcan not\b/g, 'cannot'],
  [/\bwon't\b/g, 'will not'],
  [/n't\b/g, ' not'],
  [/\bi'm\b/g, 'i am'],
  [/'re\b/g, ' are'],
  [/'ll\b/g, ' will'],
  [/'ve\b/g, ' have'],
  [/'d\b/g, ' would'],
  [/\b(it|that|what|where|who|when|how|there|here|he|she)'s\b/g, '$1 is'],
  [/\b([ap])\.? ?m\.?(?=\s|$)/g, '$1m'],
  [/\bwi-fi\b/g, 'wifi'],
  [/\bok\b/g, 'okay'],
];

/**
 * A caller's words without case, punctuation and contractions: `What's the Wi-Fi password?` gives `what is the wifi
 * password`. Digits and the colon of a time stay; hyphens become spaces, except in `uh-huh`.
 */
export function plainWords(text: string): string {
  let plain = text.toLowerCase().replaceAll('’', "'");
  for (const [from, to] of CONTRACTIONS) plain = plain.replace(from, to);
  return plain
    .replace(/\b(uh|mm|uh) (huh|hm+)\b/g, '$1-$2')
    .replace(/(?<!uh|mm)-/g, ' ')
    .replace(/[^a-z0-9:' -]+/g, ' ')
    .replace(/:(?!\d)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
