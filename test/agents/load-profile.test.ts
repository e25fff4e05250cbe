import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { availableProfiles, loadProfile, parseProfile } from '../../agents/load-profile.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../agents/${path}`, import.meta.url), 'utf8'));
const facts = read('continental/facts.json');

/** The hotel's profile with some fields replaced. */
const hotelWith = (changes: Record<string, unknown>): (() => unknown) => {
  const json = { ...(read('continental/profile.json') as Record<string, unknown>), ...changes };
  return () => parseProfile('continental', json, () => facts);
};

describe('loading a profile', () => {
  it.each(availableProfiles())('%s is complete', (name) => {
    const profile = loadProfile(name);
    expect(profile.name).toBe(name);
    expect(Object.keys(profile.facts).length).toBeGreaterThan(5);
  });

  it('lists what there is when the name is unknown', () => {
    expect(() => loadProfile('ritz')).toThrow('no agent profile "ritz"; available: clinic, continental');
    expect(() => loadProfile('../agents/clinic')).toThrow('available: clinic, continental');
  });

  it('names a field that does not exist', () => {
    expect(hotelWith({ volume: 11 })).toThrow('agent profile "continental" is wrong:\n  : Unrecognized key: "volume"');
  });

  it('names every wrong field at once', () => {
    expect(
      hotelWith({
        timeZone: 'Mars/Olympus',
        voice: { name: 'bob', rate: 1 },
        policy: {
          deadlines: { silence: -1 },
          bargeIn: { greeting: { speech: 'no', minimumCharacters: 0 }, speaking: true, falseInterruption: 'repeat' },
        },
        numbers: { human: '555' },
        queues: { human: '' },
      }),
    ).toThrow(
      [
        'agent profile "continental" is wrong:',
        '  timeZone: must be an IANA time zone such as Europe/Vienna',
        '  voice.name: Invalid option: expected one of "slt"|"rms"|"awb"|"kal"',
        '  policy.deadlines.silence: Too small: expected number to be >0',
        '  policy.bargeIn.greeting.speech: Invalid input: expected boolean, received string',
        '  policy.bargeIn.greeting.minimumCharacters: Too small: expected number to be >=1',
        '  policy.bargeIn.speaking: Invalid input: expected object, received boolean',
        '  policy.bargeIn.falseInterruption: Invalid option: expected one of "resume"|"listen"',
        '  numbers.human: must be E.164, for example +14155550100',
        '  queues.human: must be the name of a queue, 64 characters at most',
      ].join('\n'),
    );
  });

  it('refuses two ways to a human', () => {
    expect(hotelWith({ numbers: { human: '+14155550100' }, queues: { human: 'support' } })).toThrow(
      '  queues.human: must be left out while numbers.human is there: a caller goes to one of them',
    );
  });

  it('says nothing first and keeps silent while it works, unless the profile has the lines', () => {
    const { script } = loadProfile('continental');
    const { filler, disclosure, ...lines } = script;
    expect([filler, disclosure]).toEqual(['One moment, please, I will see to it.', []]);
    const silent = parseProfile(
      'continental',
      { ...(read('continental/profile.json') as object), script: lines },
      () => facts,
    ).script;
    expect(silent).toEqual({ ...lines, disclosure: [] });
    expect(hotelWith({ script: { ...script, filler: '', disclosure: 'This call is recorded.' } })).toThrow(
      [
        '  script.disclosure: Invalid input: expected array, received string',
        '  script.filler: Too small: expected string to have >=1 characters',
      ].join('\n'),
    );
  });

  it('names phrases that cannot be read', () => {
    expect(hotelWith({ intents: [{ name: 'pool', phrases: ['a (pool'], does: { answer: 'pool' } }] })).toThrow(
      '  intents[0].phrases[0]: phrase "a (pool": expected ")", found "the end"',
    );
    const many = Array.from({ length: 8 }, () => '[very]').join(' ');
    expect(hotelWith({ intents: [{ name: 'pool', phrases: [`${many} nice`], does: { answer: 'pool' } }] })).toThrow(
      'has 256 variants, at most 100 are allowed: split it',
    );
  });

  it('names facts, tasks and slots that do not exist', () => {
    const intents = [
      { name: 'gym', phrases: ['is there a gym'], does: { answer: 'golf' } },
      { name: 'car', phrases: ['a <car>'], does: { task: 'rentCar' } },
    ];
    expect(hotelWith({ intents })).toThrow(
      [
        'agent profile "continental" is wrong:',
        '  intents[0].does.answer: no fact "golf" in facts.json',
        '  intents[1].does.task: no task "rentCar"',
        '  intents[1].phrases[0]: no slot "car" in phrase "a <car>"',
      ].join('\n'),
    );
  });

  it('refuses an emergency whose answer does not say so', () => {
    const intents = [{ name: 'fire', phrases: ['fire'], does: { answer: 'pool' }, emergency: true }];
    expect(hotelWith({ intents })).toThrow('  intents[0].emergency: its answer says none of the emergencyPhrases');
  });
});
