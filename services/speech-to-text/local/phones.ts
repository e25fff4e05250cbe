/** The sounds of American English in ARPABET, as the acoustic model and the dictionary name them. */
export const PHONES: readonly string[] =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ');

/** The words of the garbage branch begin with this; words of a grammar must not. */
export const GARBAGE_PREFIX = '_';

/** Each sound as a word of its own: what out-of-grammar speech is recognised as. */
export const GARBAGE_WORDS: readonly (readonly [word: string, pronunciation: string])[] = PHONES.map((phone) => [
  `${GARBAGE_PREFIX}${phone.toLowerCase()}`,
  phone,
]);
