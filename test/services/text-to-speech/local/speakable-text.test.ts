import { describe, expect, it } from '@jest/globals';
import { speakableText } from '../../../../services/text-to-speech/local/speakable-text.ts';

describe('speakable text', () => {
  it.each([
    ['See you at 7:00 pm.', 'See you at 7 pm.'],
    ['See you at 19:00.', "See you at 19 o'clock."],
    ['See you at 7:30 pm or 9:05.', 'See you at 7:30 pm or 9 oh 5.'],
    ['That is £25, £1 or €1,250.50.', 'That is 25 pounds, 1 pound or 1250 euros 50.'],
    ['That is $30.50.', 'That is $30.50.'],
    ['Bed & breakfast', 'Bed and breakfast'],
    ['Call +44 20 7946 0958.', 'Call plus 4 4, 2 0, 7 9 4 6, 0 9 5 8.'],
    ['Call (415) 555-0100 now', 'Call 4 1 5, 5 5 5, 0 1 0 0 now'],
    ['Call 02079460958', 'Call 0 2 0 7 9 4 6 0 9 5 8'],
    ['Room 412 for 2 nights', 'Room 412 for 2 nights'],
    ['On 2026-11-20.', 'On November 20, 2026.'],
    ['It’s “ready” — almost…', "It's ready, almost."],
    ['Naïve café, 20°C', 'Naive cafe, 20 degrees'],
    ['**Bold** and `code`, [here](https://example.com)', 'Bold and code, here'],
    ['Mail us @ reception\n\nBye', 'Mail us at reception Bye'],
    ['Good 😀 day', 'Good day'],
  ])('%s', (written, spoken) => {
    expect(speakableText(written)).toBe(spoken);
  });

  it.each(['', '  ', '…', '—', '😀', '?!', '**'])('has nothing to say for "%s"', (written) => {
    expect(speakableText(written)).toBe('');
  });
});
