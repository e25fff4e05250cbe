import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openJournalFile } from '../../server/journal-file.ts';

const CALL_SID = `CA${'0'.repeat(32)}`;
let directory: string;
let errors: unknown[];
const openJournal = (callSid = CALL_SID, where = join(directory, 'logs')) =>
  openJournalFile({ directory: where, callSid, onError: (error) => errors.push(error) });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'journal-'));
  errors = [];
});
afterEach(() => rm(directory, { recursive: true }));

describe('a journal file', () => {
  it('has every line in order once it is closed, and only its owner may read it', async () => {
    const journal = openJournal();
    for (let line = 0; line < 500; line += 1) journal.write(String(line));
    await journal.close();
    const path = join(directory, 'logs', `${CALL_SID}.jsonl`);
    expect(await readFile(path, 'utf8')).toBe(Array.from({ length: 500 }, (_, line) => `${line}\n`).join(''));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(errors).toEqual([]);
  });

  it('is another file when the call comes back', async () => {
    for (const text of ['first', 'second']) {
      const journal = openJournal();
      journal.write(text);
      await journal.close();
    }
    expect((await readdir(join(directory, 'logs'))).toSorted()).toEqual([`${CALL_SID}.2.jsonl`, `${CALL_SID}.jsonl`]);
    expect(await readFile(join(directory, 'logs', `${CALL_SID}.2.jsonl`), 'utf8')).toBe('second\n');
  });

  it('is not made, and nothing is held open, before the first line', async () => {
    openJournal();
    const journal = openJournal();
    await journal.close();
    expect([await readdir(directory), errors]).toEqual([[], []]);
  });

  it('is never named after anything but a call', async () => {
    const journal = openJournal('../../escape');
    journal.write('x');
    await journal.close();
    expect(errors).toEqual([new Error('a journal is named after a call SID: CA and 32 hexadecimal digits')]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('tells once that the disk fails, and never throws', async () => {
    await writeFile(join(directory, 'file'), '');
    const journal = openJournal(CALL_SID, join(directory, 'file'));
    journal.write('x');
    await journal.close();
    journal.write('y');
    await journal.close();
    expect(errors).toMatchObject([{ code: 'EEXIST' }]);
  });

  it('gives up on a disk that stands still instead of filling the memory', async () => {
    const journal = openJournal();
    for (let line = 0; line <= 10_000; line += 1) journal.write('x');
    expect(errors).toEqual([new Error('the disk is 10000 lines behind')]);
    await journal.close();
  });
});
