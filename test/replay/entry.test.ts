import { describe, expect, it } from '@jest/globals';
import { parseJournal } from '../../journal/entry.ts';
import { HEADER, recorded } from './recorded.ts';

function someLines(): string[] {
  const { call, text } = recorded();
  call.played();
  call.caller('tell me');
  return text().split('\n').slice(0, -1);
}

const messageOf = (lines: readonly string[]): string => {
  try {
    parseJournal(lines.map((line) => `${line}\n`).join(''));
  } catch (error) {
    return String(error);
  }
  return 'it was read';
};
const without = (lines: readonly string[], index: number): string[] => lines.filter((_, at) => at !== index);
const altered = (lines: readonly string[], index: number, line: string): string[] => lines.with(index, line);

describe('a journal', () => {
  it('is read line by line', () => {
    const lines = someLines();
    const { header, entries, cutOffLine } = parseJournal(`${lines.join('\n')}\n`);
    expect(header).toEqual(HEADER);
    expect(entries.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
    expect(cutOffLine).toBeUndefined();
  });

  it('may lack the newline behind its last line', () => {
    const text = someLines().join('\n');
    expect(parseJournal(text).entries).toHaveLength(5);
    expect(parseJournal(text).cutOffLine).toBeUndefined();
  });

  it('leaves out a last line that was cut off, and says so', () => {
    const text = `${someLines().join('\n')}\n`;
    const { entries, cutOffLine } = parseJournal(text.slice(0, -20));
    expect(entries).toHaveLength(4);
    expect(cutOffLine).toBe(6);
  });

  it.each<[string, (lines: string[]) => readonly string[], string]>([
    [
      'nothing',
      () => [],
      'JournalError: it is empty: nothing of the call was written down, for example because the disk was full',
    ],
    [
      'another version',
      (lines) => altered(lines, 0, JSON.stringify({ ...HEADER, journal: 99 })),
      'JournalError: line 1 says journal version 99, and this program reads version 1: replay it with the version of Callchart that wrote it',
    ],
    [
      'another file',
      () => ['{"name":"callchart"}'],
      'JournalError: line 1 is no journal header (journal: Invalid input: expected 1): is it a call’s journal?',
    ],
    ['no JSON', () => ['RIFF'], 'JournalError: line 1 is no journal header (not JSON): is it a call’s journal?'],
    [
      'garbage in the middle',
      (lines) => altered(lines, 3, '\u0000\u0000'),
      'JournalError: line 4 is no journal entry (not JSON); what stands before it can be replayed: head -n 3 FILE > part.jsonl',
    ],
    [
      'an entry without its event',
      (lines) => altered(lines, 2, '{"seq":1,"atMs":0,"from":"outside","after":{}}'),
      'JournalError: line 3 is no journal entry (event: Invalid input: expected object, received undefined); what stands before it can be replayed: head -n 2 FILE > part.jsonl',
    ],
    [
      'a missing line',
      (lines) => without(lines, 3),
      'JournalError: line 4 holds entry 3 where entry 2 is due: a line is missing; what stands before it can be replayed: head -n 3 FILE > part.jsonl',
    ],
    [
      'a line twice',
      (lines) => lines.toSpliced(3, 0, lines[2] ?? ''),
      'JournalError: line 4 holds entry 1 where entry 2 is due: a line is doubled; what stands before it can be replayed: head -n 3 FILE > part.jsonl',
    ],
  ])('refuses %s by line, and says what to do', (_, spoil, message) => {
    expect(messageOf(spoil(someLines()))).toBe(message);
  });
});
