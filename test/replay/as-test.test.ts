import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Journal, type JournalEntry, parseJournal } from '../../journal/entry.ts';
import { fixtureOf, redactedFixtureOf } from '../../journal/fixture/fixture.ts';
import { NeutralWords } from '../../journal/fixture/neutral-words.ts';
import { redactJournal } from '../../journal/fixture/redact.ts';
import { writeFixture } from '../../journal/fixture/write-fixture.ts';
import { replay } from '../../journal/replay.ts';
import { UNINTELLIGIBLE } from '../../machines/call/events.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { BRIEF } from '../support/call-on-paper.ts';
import { randomCall } from './random-call.ts';
import { recorded } from './recorded.ts';

const CANARIES = [
  'Zaphod',
  'Beeblebrox',
  'Xylophonweg',
  '4711',
  'Milliways',
  'Marvin',
  '+498912345678',
  '+498987654321',
];

const CALL_SID = 'CA11112222333344445555666677778888';

/** A call that is full of what must never leave the house. */
function aTellingCall(): Journal {
  const { call, journal } = recorded({
    callSid: CALL_SID,
    script: { ...BRIEF.script, greeting: ['Welcome to Milliways, I am Marvin.'] },
    openingTopic: 'Milliways',
    human: { kind: 'human', number: '+498912345678' },
    emergency: { kind: 'emergency', number: '+498987654321' },
  });
  call.played();
  call.starts();
  call.interim('I am Zaphod');
  call.say({ type: 'caller.eagerEndOfTurn', text: 'I am Zaphod Beeblebrox, Xylophonweg 4711' });
  call.sentence('Good evening, Zaphod Beeblebrox.');
  call.say({
    type: 'caller.endOfTurn',
    text: 'i am zaphod beeblebrox xylophonweg 4711',
    confidence: 0.87,
    words: [{ word: 'Zaphod', startMs: 100, endMs: 300 }],
    speechEndMs: 400,
  });
  call.started();
  call.interim('yeah okay');
  call.ends('Uh-huh, I see.');
  const epoch = call.epoch();
  call.say({
    type: 'reply.toolCalled',
    epoch,
    id: 'Zaphod-1',
    name: 'book_for_Zaphod',
    arguments: '{"name":"Zaphod"}',
  });
  call.say({ type: 'reply.toolReturned', epoch, id: 'Zaphod-1', result: '{"street":"Xylophonweg"}' });
  call.finished('listen', 'Beeblebrox');
  call.played();
  for (const digit of ['4', '7', '1', '1'] as const) call.say({ type: 'line.dtmf', digit });
  call.ends(UNINTELLIGIBLE);
  call.say({
    type: 'reply.failed',
    epoch: call.epoch(),
    failure: { code: 'network', message: 'Zaphod', retryable: true },
  });
  call.say({ type: 'operator.say', text: 'Mister Beeblebrox, please wait.' });
  call.played();
  call.ends('my Marvin fell, call an ambulance');
  call.sentence('I will call an ambulance for Marvin.');
  call.say({ type: 'reply.emergency', epoch: call.epoch(), phrase: 'call an ambulance' });
  call.say({ type: 'line.stopped' });
  call.clock.advance(5000);
  const { header, entries } = journal();
  // In production a call is called by its SID, and so is the sender of its timers.
  const fromTimer = ({ event }: JournalEntry): boolean => event.type.startsWith('xstate.after.');
  return { header, entries: entries.map((entry) => (fromTimer(entry) ? { ...entry, from: CALL_SID } : entry)) };
}

const textsOf = ({ entries }: Journal): string[] =>
  entries.flatMap(({ event }) => (typeof event.text === 'string' ? [event.text] : []));

describe('neutral words', () => {
  const words = () => new NeutralWords(['i see', 'okay', 'call an ambulance']);

  it('keep lengths, capitals and punctuation, and say nothing', () => {
    const text = 'Well, my name is O’Hara; ROOM 12!';
    const neutral = words().text(text);
    expect(neutral.replace(/\p{Lu}/gu, 'X').replace(/[\p{Ll}\p{N}]/gu, 'x')).toBe(
      text.replace(/\p{Lu}/gu, 'X').replace(/[\p{Ll}\p{N}]/gu, 'x'),
    );
    for (const word of ['well', 'name', 'hara', 'room', '12']) expect(neutral.toLowerCase()).not.toContain(word);
  });

  it('are the same for the same word, and others for others', () => {
    const neutral = words();
    const [one, again, other] = ['When is breakfast?', 'when is breakfast', 'when is dinnertime'].map((text) =>
      neutral.text(text).toLowerCase(),
    );
    expect(`${again}?`).toBe(one);
    expect(other).not.toBe(again);
  });

  it('leave phrases that mean something where they stand, and their words elsewhere not', () => {
    const neutral = words();
    expect(neutral.text('Okay, I see.')).toBe('Okay, I see.');
    expect(neutral.text('please call an ambulance now')).toMatch(/^\w{6} call an ambulance \w{3}$/);
    expect(neutral.text('I call')).not.toContain('call');
  });

  it('never run out', () => {
    const neutral = words();
    const many = Array.from({ length: 200 }, (_, index) => `w${index}`);
    expect(new Set(many.map((word) => neutral.text(word))).size).toBeGreaterThan(100);
  });
});

describe('a call as a test', () => {
  it.each([
    ['as it is recorded', aTellingCall],
    ['that tells its facts', () => parseJournal(fixtureOf(aTellingCall()).journal)],
  ])('%s holds nothing of what people said, dialled and are called', (_, call) => {
    const original = JSON.stringify(call());
    const { journal, expected } = redactedFixtureOf(call());
    for (const canary of [...CANARIES, 'CA1111', '2026-11-20']) {
      expect(original.toLowerCase()).toContain(canary.toLowerCase());
      expect(`${journal}${expected}`.toLowerCase()).not.toContain(canary.toLowerCase());
    }
  });

  it('keeps what guards and readers need: back-channel, emergencies, noise, keys that mean something', () => {
    const redacted = redactJournal(aTellingCall());
    const texts = textsOf(redacted);
    expect(texts).toContain('yeah okay');
    expect(texts.filter((text) => /^Uh-huh, I see\.$/.test(text))).toHaveLength(1);
    expect(texts).toContain(UNINTELLIGIBLE);
    expect(texts.filter((text) => text.includes('call an ambulance'))).toHaveLength(2);
    expect(redacted.entries.flatMap(({ event }) => event.digit ?? [])).toEqual(['5', '5', '5', '5']);
    expect(redacted.entries.flatMap(({ event }) => event.id ?? [])).toEqual(['call-1', 'call-1']);
    const [eager, end] = redacted.entries
      .filter(({ event }) => /endOfTurn$/i.test(event.type))
      .map(({ event }) => event.text);
    expect(String(eager).toLowerCase().replace(',', '')).toBe(end);
  });

  it('goes the same way as the call', () => {
    const call = aTellingCall();
    const fixture = parseJournal(redactedFixtureOf(call).journal);
    const [then, now] = [call, fixture].map((journal) => [...replay(journal)]);
    expect(now?.map(({ after }) => after.value)).toEqual(then?.map(({ after }) => after.value));
    expect(now?.some(({ diverged }) => diverged)).toBe(false);
    expect(now?.at(-1)?.after.output).toMatchObject({ reason: then?.at(-1)?.after.output?.reason });
  });

  it('goes the same way as any call', () => {
    for (let seed = 100; seed < 105; seed++) {
      const { journal } = randomCall(seed, 60);
      const fixture = redactedFixtureOf(journal);
      expect(fixture.partsAt).toBeUndefined();
      expect([...replay(parseJournal(fixture.journal))].map(({ after }) => after.value)).toEqual(
        [...replay(journal)].map(({ after }) => after.value),
      );
    }
  });

  it('of a call that today’s chart parts from ends there, with what today’s does', () => {
    const { header, entries } = aTellingCall();
    const at = entries.findIndex(({ event }) => event.type === 'caller.eagerEndOfTurn');
    const other = entries.map((entry, index) => (index === at ? { ...entry, after: 'of another chart' } : entry));
    const fixture = redactedFixtureOf({ header, entries: other });
    expect(fixture.partsAt).toBe(at);
    const steps = [...replay(parseJournal(fixture.journal))];
    expect(steps).toHaveLength(at + 1);
    expect(steps.at(-1)?.diverged).toBe(false);
  });

  it('is refused where it would go another way', () => {
    const { call, journal } = recorded();
    call.played();
    call.ends('I am Zaphod');
    const knowsZaphod = callMachine.provide({
      guards: { 'said something': ({ event }) => 'text' in event && event.text === 'I am Zaphod' },
    });
    expect(() => redactedFixtureOf(journal(), knowsZaphod)).toThrow(
      'redacted, the call would go another way at entry 2, caller.endOfTurn: ' +
        'call.active.conversation.listening --caller.endOfTurn (1)--> call.active.conversation.responding ' +
        '[said something] is allowed in the original only',
    );
  });
});

describe('its files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const write = (name: string, journal: string, replace = false) =>
    writeFixture({ journal, expected: 'words' }, { folder, name, replace });

  it('are the journal, and what is expected of it', async () => {
    expect(await write('late-barge-in', 'lines')).toEqual([
      join(folder, 'late-barge-in.jsonl'),
      join(folder, 'late-barge-in.txt'),
    ]);
    expect(await readFile(join(folder, 'late-barge-in.jsonl'), 'utf8')).toBe('lines');
    expect(await readFile(join(folder, 'late-barge-in.txt'), 'utf8')).toBe('words');
  });

  it('are written over only when that is asked for', async () => {
    await write('call', 'first');
    await expect(write('call', 'second')).rejects.toThrow(
      /is there already: choose another name, or replace it with --force/,
    );
    expect(await readFile(join(folder, 'call.jsonl'), 'utf8')).toBe('first');
    await write('call', 'second', true);
    expect(await readFile(join(folder, 'call.jsonl'), 'utf8')).toBe('second');
  });

  it.each(['../away', 'Two Words', '', '-x'])('are not called “%s”', async (name) => {
    await expect(write(name, 'lines')).rejects.toThrow(/cannot be the name of a test/);
    expect(await readdir(folder)).toEqual([]);
  });
});
