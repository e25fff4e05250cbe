import { describe, expect, it } from '@jest/globals';
import { piecesOf, takeJoined } from '../../../../services/text-to-speech/deepgram-aura/pieces.ts';

describe('the pieces of a sentence', () => {
  it('are one for a sentence of ordinary length', () => {
    expect(piecesOf(3, ' Good evening. ')).toEqual([{ index: 3, text: 'Good evening.', ends: [3] }]);
  });

  it('hold no text when there is no word', () => {
    expect(piecesOf(3, ' … ')).toEqual([{ index: 3, text: '', ends: [3] }]);
  });

  it('are cut at the last space before 2,000 characters, and only the last ends the sentence', () => {
    const [first, second] = ['a'.repeat(1500), 'b'.repeat(499)];
    expect(piecesOf(0, `${first} ${second} c`)).toEqual([
      { index: 0, text: `${first} ${second}`, ends: [] },
      { index: 0, text: 'c', ends: [0] },
    ]);
  });

  it('tear no character apart where there is no space', () => {
    const [first, second] = piecesOf(0, `${'a'.repeat(1999)}😀b`);
    expect([first?.text.length, second?.text]).toEqual([1999, '😀b']);
  });
});

describe('joining pieces', () => {
  it('gives all audio to the first sentence, and ends all', () => {
    const waiting = ['One.', '…', 'Two.', 'Three.'].flatMap((text, index) => piecesOf(index, text));
    expect(takeJoined(waiting, 9)).toEqual({ index: 0, text: 'One. Two.', ends: [0, 1, 2] });
    expect(takeJoined(waiting, 9)).toEqual({ index: 3, text: 'Three.', ends: [3] });
    expect(takeJoined(waiting, 9)).toBeUndefined();
  });

  it('takes one piece however long it is', () => {
    const waiting = ['Quite long.', 'Short.'].flatMap((text, index) => piecesOf(index, text));
    expect(takeJoined(waiting, 3)?.text).toBe('Quite long.');
  });
});
