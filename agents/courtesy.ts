/** What callers put in front of a request. Heard by every grammar, ignored when the request is classified. */
export const LEADS: readonly string[] = [
  '(hi | hello) [there]',
  '(good morning | good evening)',
  '(um | uh | well | so | and | okay | oh)',
  '(sorry | excuse me | wait)',
  '(can | could) you [please] tell me',
  '(please | just) tell me',
  'i would like to know',
  'do you know',
];

/** What callers put behind a request. */
export const TAILS: readonly string[] = ['please', '(thanks | thank you)', 'please thank you'];

/** What callers say when they set something right: `no make it eight`. */
export const CORRECTIONS: readonly string[] = [
  '(no | actually | sorry | no sorry | wait) [make it | it is | i said | i meant | i mean | for | change it to]',
  '[can you | can we] (make it | change it to | make that)',
  '(i said | i meant | i mean)',
  'yes but',
];
