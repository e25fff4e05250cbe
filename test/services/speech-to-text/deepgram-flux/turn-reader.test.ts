import { describe, expect, it } from '@jest/globals';
import type { CallerEvent } from '../../../../machines/call/events.ts';
import type { TurnInfo } from '../../../../services/speech-to-text/deepgram-flux/messages.ts';
import { TurnReader } from '../../../../services/speech-to-text/deepgram-flux/turn-reader.ts';

type Brief = readonly [event: string, turn: number, text: string, words?: TurnInfo['words']];

/** @returns what a call is told of these events */
function read(...infos: readonly Brief[]): readonly CallerEvent[] {
  const events: CallerEvent[] = [];
  const reader = new TurnReader((event) => events.push(event));
  for (const [event, turn_index, transcript, words = []] of infos)
    reader.read({ type: 'TurnInfo', event, turn_index, transcript, words, end_of_turn_confidence: 0.8 });
  return events;
}

const started = { type: 'caller.speechStarted' };
const interim = (text: string) => ({ type: 'caller.interim', text });
const eager = (text: string) => ({ type: 'caller.eagerEndOfTurn', text });
const resumed = { type: 'caller.turnResumed' };
const ended = (text: string, confidence = 0.8) => ({ type: 'caller.endOfTurn', text, confidence, words: [] });

describe("Flux's turn events as the caller's five words", () => {
  it('are one to one, but for updates without news', () => {
    expect(
      read(
        ['Update', 0, ''],
        ['StartOfTurn', 0, 'Book'],
        ['Update', 0, 'Book'],
        ['Update', 0, 'Book a table'],
        ['EagerEndOfTurn', 0, 'Book a table'],
        ['Update', 0, 'Book a table'],
        ['TurnResumed', 0, 'Book a table for'],
        ['Update', 0, 'Book a table for two.'],
        ['EagerEndOfTurn', 0, 'Book a table for two.'],
        ['EndOfTurn', 0, 'Book a table for two.'],
        ['Update', 1, ''],
        ['StartOfTurn', 1, 'No'],
        ['EndOfTurn', 1, 'No.'],
      ),
    ).toEqual([
      started,
      interim('Book'),
      interim('Book a table'),
      eager('Book a table'),
      resumed,
      interim('Book a table for'),
      interim('Book a table for two.'),
      eager('Book a table for two.'),
      ended('Book a table for two.'),
      started,
      interim('No'),
      ended('No.'),
    ]);
  });

  it("carry words in ms on the stream's clock, and where the speech ended", () => {
    const words = [
      { word: 'Yes,', confidence: 0.9, start: 1.2, end: 1.4567 },
      { word: 'well', confidence: 0.9 },
      { word: 'please.', confidence: 0.9, start: 1.5, end: 1.9 },
    ];
    expect(read(['StartOfTurn', 0, 'Yes,'], ['EndOfTurn', 0, 'Yes, well please.', words]).at(-1)).toEqual({
      type: 'caller.endOfTurn',
      text: 'Yes, well please.',
      confidence: 0.8,
      words: [
        { word: 'Yes,', startMs: 1200, endMs: 1457 },
        { word: 'please.', startMs: 1500, endMs: 1900 },
      ],
      speechEndMs: 1900,
    });
  });

  it.each<[string, readonly Brief[], readonly object[]]>([
    [
      'a late event of a finished turn',
      [
        ['StartOfTurn', 0, 'One'],
        ['EndOfTurn', 0, 'One'],
        ['EndOfTurn', 0, 'One'],
        ['TurnResumed', 0, 'One and'],
        ['Update', 0, 'One and a half'],
      ],
      [started, interim('One'), ended('One')],
    ],
    [
      'a second start, guess and resumption',
      [
        ['StartOfTurn', 0, 'One'],
        ['StartOfTurn', 0, 'One'],
        ['TurnResumed', 0, 'One'],
        ['EagerEndOfTurn', 0, 'One'],
        ['EagerEndOfTurn', 0, 'One'],
        ['TurnResumed', 0, 'One'],
        ['TurnResumed', 0, 'One'],
      ],
      [started, interim('One'), eager('One'), resumed],
    ],
    ['an unknown event', [['Laughter', 0, 'ha']], []],
    [
      'a guess and an end of nothing',
      [
        ['EagerEndOfTurn', 0, ''],
        ['EndOfTurn', 0, ''],
        ['StartOfTurn', 1, 'Yes'],
      ],
      [started, interim('Yes')],
    ],
  ])('say nothing of %s', (_, infos, events) => {
    expect(read(...infos)).toEqual(events);
  });

  it.each<[string, readonly Brief[], readonly object[]]>([
    [
      'an end without text is that of the text before',
      [
        ['StartOfTurn', 0, 'Two'],
        ['EndOfTurn', 0, ''],
      ],
      [started, interim('Two'), ended('Two')],
    ],
    ['an end without a start has one', [['EndOfTurn', 0, 'Two']], [started, ended('Two')]],
    ['text without a start has one', [['Update', 0, 'Two']], [started, interim('Two')]],
    [
      'a start without text is one, and may have been noise',
      [
        ['StartOfTurn', 0, ''],
        ['EndOfTurn', 0, ''],
      ],
      [started, ended('')],
    ],
    [
      'other text after a guess takes it back',
      [
        ['StartOfTurn', 0, 'Two'],
        ['EagerEndOfTurn', 0, 'Two'],
        ['Update', 0, 'Two or'],
        ['TurnResumed', 0, 'Two or'],
        ['EagerEndOfTurn', 0, 'Two or three'],
      ],
      [
        started,
        interim('Two'),
        eager('Two'),
        resumed,
        interim('Two or'),
        interim('Two or three'),
        eager('Two or three'),
      ],
    ],
    [
      'a turn that was skipped ends as far as it was heard',
      [
        ['StartOfTurn', 0, 'Two'],
        ['StartOfTurn', 2, 'Four'],
      ],
      [started, interim('Two'), ended('Two', 0), started, interim('Four')],
    ],
  ])('are put in order: %s', (_, infos, events) => {
    expect(read(...infos)).toEqual(events);
  });
});

describe('any order of turn events', () => {
  const EVENTS = ['StartOfTurn', 'Update', 'EagerEndOfTurn', 'TurnResumed', 'EndOfTurn'];
  const TEXTS = ['', 'a', 'a b', 'a b c'];
  const LETTERS: Readonly<Record<CallerEvent['type'], string>> = {
    'caller.speechStarted': 'S',
    'caller.interim': 'I',
    'caller.eagerEndOfTurn': 'E',
    'caller.turnResumed': 'R',
    'caller.endOfTurn': 'N',
  };
  /** Whole utterances, and perhaps one that goes on: a guess is answered at once, only a guess is taken back. */
  const LEGAL = /^(S(I|ER)*E?N)*(S(I|ER)*E?)?$/;

  it('is told as legal utterances', () => {
    let state = 11;
    const pick = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const told = new Set<string>();
    for (let round = 0; round < 5000; round += 1) {
      const infos = Array.from({ length: 12 }, (_, step): Brief => {
        const turn = Math.floor(step / 4) + pick(3) - 1;
        return [EVENTS[pick(5)] ?? '', Math.max(0, turn), TEXTS[pick(4)] ?? ''];
      });
      const letters = read(...infos)
        .map(({ type }) => LETTERS[type])
        .join('');
      expect(letters).toMatch(LEGAL);
      told.add(letters);
    }
    expect(told.size).toBeGreaterThan(1000);
  });
});
