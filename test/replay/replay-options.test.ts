import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseJournal } from '../../journal/entry.ts';
import { PLAIN_PAPER } from '../../journal/print/ink.ts';
import { aCall, INTERRUPTION, ofThen, run } from './run-replay.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  file = join(folder, 'CA.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

describe('npm run replay -- --step', () => {
  it('tells after each entry what was asked, where the call is, who is alive, what is due and what changed', async () => {
    await writeFile(file, aCall());
    const { exitCode, out } = await run(['--step', file]);
    expect(exitCode).toBe(0);
    const steps = out.split('\n\n').filter((block) => /^ +\d+\.\d{3} /.test(block));
    expect(steps).toHaveLength(parseJournal(aCall()).entries.length - 1);
    const lines = steps.find((step) => step.includes('“stop please”'))?.split('\n') ?? [];
    expect(lines).toEqual(
      expect.arrayContaining([
        '   5.045     +700  caller       interim          “stop please”                        → interrupted.hearing',
        '          event    {"type":"caller.interim","text":"stop please"}',
        '          asked    + responding.speaking --caller.interim--> interrupted.hearing  [speech may interrupt an answer: yes, meant something: yes, latch is open: yes, has cooled down: yes]',
        '                   + bargeIn.latch.open --bargeIn.accepted--> bargeIn.latch.latched',
        '                   – bargeIn.latch.latched --always--> bargeIn.latch.open  [is resuming: no]',
        '          state    interrupted.hearing · line up · bargeIn latch.latched debounce.cooling · recognition connecting · length within',
        '          alive    playout, recogniser',
        '          timers   debounce            in 400 ms       bargeIn.debounce.cooling',
        '                   false interruption  in 2.00 s       interrupted.hearing',
      ]),
    );
    expect(lines.join('\n')).toMatch(
      /\n {10}changed {2}epoch +2 → 3\n {19}saying +\["Breakfast is from seven\."\] → \[\]\n/,
    );
  });

  it('waits for a key between two entries, and q quits', async () => {
    await writeFile(file, aCall());
    const { exitCode, out } = await run(['--step', file], { keys: ['next', 'next', 'quit'] });
    expect(exitCode).toBe(0);
    expect(out).toContain('Enter: next entry   q: quit');
    expect(out.match(/^ +\d+\.\d{3} /gm)).toHaveLength(3);
  });

  it.each([0, 10, 60])('prints on a terminal of %d columns', async (columns) => {
    await writeFile(file, aCall());
    expect(await run(['--step', file], { paper: { ...PLAIN_PAPER, columns } })).toMatchObject({ exitCode: 0 });
  });

  it('ends at the divergence', async () => {
    await writeFile(file, ofThen(aCall()));
    const { exitCode, out } = await run(['--step', file]);
    expect(exitCode).toBe(1);
    expect(out).toContain('Here the chart of today parts from the call.');
  });
});

describe('npm run replay -- --as-test', () => {
  it('writes the test, and never over another one', async () => {
    await writeFile(file, aCall());
    const args = ['--as-test', 'stopped', '--to', folder, file];
    const { exitCode, out } = await run(args);
    expect([exitCode, out]).toEqual([0, `Wrote ${join(folder, 'stopped.jsonl')} and ${join(folder, 'stopped.txt')}.`]);
    expect(await readFile(join(folder, 'stopped.txt'), 'utf8')).toContain('Ended: operator, then hangUp');
    expect(await run(args)).toMatchObject({ exitCode: 2, complaints: expect.stringMatching(/--force$/) });
    expect(await run([...args, '--force'])).toMatchObject({ exitCode: 0 });
  });

  it('ends the test where today’s chart parts from the call', async () => {
    await writeFile(file, ofThen(aCall()));
    const { exitCode, out } = await run(['--as-test', 'mended', '--to', folder, file]);
    expect(exitCode).toBe(0);
    expect(out).toContain(`At entry ${INTERRUPTION} the chart of today parts from the call: the test ends there`);
    expect((await run([join(folder, 'mended.jsonl')])).exitCode).toBe(0);
  });
});
