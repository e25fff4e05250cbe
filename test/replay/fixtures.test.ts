import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseJournal } from '../../journal/entry.ts';
import { FIXTURES } from '../../journal/fixture/write-fixture.ts';
import { describeCall } from '../../journal/print/call.ts';
import { PLAIN_PAPER } from '../../journal/print/ink.ts';
import { CONVERSATIONS } from './conversations/conversations.ts';

const NAMES = readdirSync(FIXTURES)
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => file.replace(/\.jsonl$/, ''));

const read = (file: string): string => readFileSync(join(FIXTURES, file), 'utf8');

describe('a past call', () => {
  // Red on purpose after a change of the chart? Look at the difference, then node --import tsx test/fixtures/journals/record.ts
  it.each(NAMES)('%s goes as it went', (name) => {
    expect(`${describeCall(parseJournal(read(`${name}.jsonl`)), PLAIN_PAPER)}\n`).toBe(read(`${name}.txt`));
  });

  it('of each kind is there', () => {
    expect(CONVERSATIONS.map(({ name }) => name).filter((name) => !NAMES.includes(name))).toEqual([]);
  });
});
