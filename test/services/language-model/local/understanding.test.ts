import { describe, expect, it } from '@jest/globals';
import { loadProfile } from '../../../../agents/load-profile.ts';
import { plainWords } from '../../../../services/knowledge/plain-words.ts';
import { createClassifier } from '../../../../services/language-model/local/classifier.ts';
import { mentionFinder } from '../../../../services/language-model/local/mentions.ts';
import { findDate } from '../../../../services/language-model/local/spoken-calendar.ts';
import { findClock, resolveClock } from '../../../../services/language-model/local/spoken-clock.ts';
import { spokenDigits } from '../../../../services/language-model/local/spoken-digits.ts';
import { speakDate, speakReference, speakTime } from '../../../../services/language-model/local/spoken-forms.ts';

const FRIDAY = '2026-11-20';
const DINNER = [{ from: '18:00', to: '22:00' }];
const words = (text: string): string => spokenDigits(plainWords(text));

describe('plain words', () => {
  it.each([
    ["What's the Wi-Fi password?", 'what is the wifi password'],
    ["I can't come, I'd like 7:30 P.M.", 'i cannot come i would like 7:30 pm'],
    ['Uh huh. OK!', 'uh-huh okay'],
  ])('%s', (text, plain) => expect(plainWords(text)).toBe(plain));
});

describe('spoken numbers', () => {
  it.each([
    ['twenty first of november', '21st of november'],
    ['december the first', 'december 1st'],
    ['six thirty', '6 30'],
    ['eight oh five', '8 05'],
    ['ninety nine', '99'],
  ])('%s', (text, digits) => expect(spokenDigits(text)).toBe(digits));
});

describe('spoken times', () => {
  it.each([
    ['at seven tonight', '19:00'],
    ['six thirty', '18:30'],
    ['quarter to eight', '19:45'],
    ['quarter to one in the afternoon', '12:45'],
    ['half past seven please', '19:30'],
    ['twenty past eight', '20:20'],
    ["nine o'clock", '21:00'],
    ['nine in the morning', '09:00'],
    ['seven thirty tomorrow night', '19:30'],
    ['12:30 am', '00:30'],
    ['at twenty one thirty', '21:30'],
    ['noon', '12:00'],
    ['midnight', '00:00'],
  ])('%s is %s', (text, time) => {
    const found = findClock(words(text));
    expect(found === undefined ? undefined : resolveClock(found.mention, DINNER)).toBe(time);
  });

  it.each(['a table for six', 'for two people', 'room seven', 'six nights'])('are not in "%s"', (text) => {
    expect(findClock(words(text))).toBeUndefined();
  });

  it('without a half of the day lie in the opening hours', () => {
    const nine = { kind: 'time', hour: 9, minute: 0 } as const;
    expect(resolveClock(nine, DINNER)).toBe('21:00');
    expect(resolveClock(nine, [{ from: '08:00', to: '16:30' }])).toBe('09:00');
    expect(resolveClock({ ...nine, hour: 4 }, [{ from: '08:00', to: '16:30' }])).toBe('16:00');
    expect(resolveClock(nine, [])).toBe('09:00');
  });
});

describe('spoken days, said on Friday the twentieth of November', () => {
  it.each([
    ['today', '2026-11-20'],
    ['tonight', '2026-11-20'],
    ['tomorrow evening', '2026-11-21'],
    ['the day after tomorrow', '2026-11-22'],
    ['on friday', '2026-11-20'],
    ['next friday', '2026-11-27'],
    ['friday the twenty seventh', '2026-11-27'],
    ['the twenty third', '2026-11-23'],
    ['on the first', '2026-12-01'],
    ['december the first', '2026-12-01'],
    ['the fifth of january', '2027-01-05'],
    ['in two weeks', '2026-12-04'],
  ])('%s is %s', (text, date) => expect(findDate(words(text), FRIDAY)?.mention.date).toBe(date));

  it.each(['may i have a table', 'a table for two', 'i sat down', 'march'])('are not in "%s"', (text) => {
    expect(findDate(words(text), FRIDAY)).toBeUndefined();
  });
});

describe('mentions', () => {
  const find = mentionFinder(loadProfile('continental'));

  it('come out of one sentence, and leave the rest', () => {
    expect(
      find(words('I would like to book a table for two tomorrow at seven, my name is John Smith'), FRIDAY),
    ).toEqual({
      found: [
        { kind: 'time', hour: 7, minute: 0, half: undefined },
        { kind: 'number', value: 2, counts: 'for' },
        { kind: 'date', date: '2026-11-21' },
        { kind: 'name', name: 'John Smith' },
      ],
      rest: 'i would like to book a table | | | |',
    });
  });

  it.each([
    ['just the two of us', [{ kind: 'number', value: 2, counts: { slot: 'partySize' } }]],
    ['for a week', [{ kind: 'number', value: 7, counts: { slot: 'nights' } }]],
    ['double room', [{ kind: 'choice', slot: 'roomType', value: 'double room' }]],
    ["it's for Mr. O'Neil", [{ kind: 'name', name: "Mr O'Neil" }]],
    ['for breakfast', []],
  ])('%s', (text, found) => expect(find(words(text), FRIDAY).found).toEqual(found));
});

describe('classification', () => {
  const hotel = createClassifier(loadProfile('continental'));
  const clinic = createClassifier(loadProfile('clinic'));
  const sure = (classifier: typeof hotel, text: string): string[] =>
    classifier.classify(words(text), words(text)).sure.map(({ label }) => label.name);

  it.each([
    ['Could you please tell me when breakfast is served?', ['breakfast']],
    ['Is there a pool in the hotel?', ['pool']],
    ['Is parking free at the hotel?', ['parking']],
    ['am i speaking to a machine', ['identity']],
    ['I want to speak to a real person', ['human']],
    ['okay bye', ['goodbye']],
    ['what time is breakfast do you have a pool', ['breakfast', 'pool']],
    ['how do i cook spaghetti', []],
    ['my grandmother lives in norway', []],
  ])('%s', (text, names) => expect(sure(hotel, text)).toEqual(names));

  it.each([
    'my chest really hurts',
    'she is not breathing',
    'I think my father had a stroke, call an ambulance',
  ])('hears the emergency in "%s"', (text) => expect(sure(clinic, text)).toEqual(['emergency']));

  it.each([
    'i have back pain',
    'do you have a doctor for children',
    'i need a flu shot',
  ])('hears no emergency in "%s"', (text) => expect(sure(clinic, text)).not.toContain('emergency'));

  it('names the example that decided', () => {
    const [match] = hotel.classify('can i bring my cat', 'can i bring my cat').sure;
    expect(match).toMatchObject({ example: 'can i bring my cat', label: { name: 'pets' } });
    expect(match?.score).toBeCloseTo(1);
  });
});

describe('spoken forms', () => {
  it('say days as people do', () => {
    expect(['2026-11-20', '2026-11-21', '2026-11-27', '2026-12-21'].map((date) => speakDate(date, FRIDAY))).toEqual([
      'today',
      'tomorrow',
      'Friday the twenty seventh',
      'Monday the twenty first of December',
    ]);
  });

  it('say times as people do', () => {
    expect(['00:00', '09:05', '12:00', '12:30', '16:45', '19:30', '22:00'].map(speakTime)).toEqual([
      'midnight',
      'nine oh five in the morning',
      'noon',
      'twelve thirty in the afternoon',
      'four forty five in the afternoon',
      'seven thirty in the evening',
      'ten at night',
    ]);
  });

  it('spell references', () => expect(speakReference('K47')).toBe('K 4 7'));
});
