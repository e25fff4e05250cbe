import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chartFingerprint } from '../../journal/fingerprint.ts';
import { colouredInk, PLAIN_PAPER } from '../../journal/print/ink.ts';
import { aCall, INTERRUPTION, ofThen, run } from './run-replay.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  file = join(folder, 'CA.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

describe('npm run replay', () => {
  it('prints the call as it went', async () => {
    await writeFile(file, aCall());
    const { exitCode, out, complaints } = await run([file]);
    expect(exitCode).toBe(0);
    expect(complaints).toBe('');
    expect(out.split('\n\nCall CA')[0]).toBe(
      [
        `Call CA${'0'.repeat(32)} · test · 2026-11-20T10:00:00.000Z`,
        '',
        '  time/s      +ms  who          what             words                                state',
        '   0.000           call         begins                                                → greeting.preparing',
        '   0.000       +0  playout      started                                               → greeting.sounding',
        '   1.500    +1500  playout      finished                                              → listening.quiet',
        '   1.500       +0  caller       speechStarted                                         → listening.hearing',
        '   3.845    +2345  caller       endOfTurn        “please tell me when breakfast is',
        '                                                 served and whether there is coffee',
        '                                                 without milk for my aunt”',
        '                                                 → responding.thinking.committed.drafting.writing',
        '   3.845       +0  reply        sentence         “Breakfast is from seven.”',
        '                                                 → responding.thinking.committed.synthesising',
        '   4.345     +500  playout      started                                               → responding.speaking.sounding',
        '   5.045     +700  caller       interim          “stop please”                        → interrupted.hearing',
        '                                                 bargeIn latch.latched debounce.cooling',
        '   5.045       +0  playout      cut              0 sentences heard, and 0.70 s of',
        '                                                 the next',
        '   5.045       +0  operator     hangUp                                                → closing',
        '   5.045       +0  playout      finished         (stale)',
        '   5.045       +0  playout      finished                                              → ended',
      ].join('\n'),
    );
    expect(out).toContain('\nEnded: operator, then hangUp');
  });

  it.each([
    'facts',
    'fingerprint',
  ] as const)('stops where today’s chart parts from the call, and names the guard: %s', async (form) => {
    await writeFile(file, ofThen(aCall(), form));
    const { exitCode, out } = await run([file]);
    expect(exitCode).toBe(1);
    expect(out).toContain(
      `\nHere the chart of today parts from the call.\n\n  entry   ${INTERRUPTION}, line ${INTERRUPTION + 2} of the file, at 5.045 s\n`,
    );
    expect(out).toContain('\n  event   {"type":"caller.interim","text":"stop please"}\n');
    expect(out).toMatch(
      /\n {2}conversation +responding\.speaking\.sounding +responding\.speaking\.sounding +interrupted\.hearing\n/,
    );
    expect(out).toMatch(/\n {2}epoch +2 +2 +3\n/);
    const barge = 'responding.speaking --caller.interim--> interrupted.hearing';
    expect(out).toContain(`\n  + ${barge}  [speech may interrupt an answer: yes, meant something: yes, `);
    const [, past = ''] = out.split('The chart of then, as far as its state tells\n');
    expect(past).toMatch(
      new RegExp(`^ {2}– refused ${barge}: .*“meant something” or .* said no then, and all say yes now$`),
    );
    expect(out).not.toContain('operator');
  });

  it('notes a journal of another chart, and goes on', async () => {
    await writeFile(file, aCall().replace(chartFingerprint(), '0123456789ab'));
    const { exitCode, out } = await run([file]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^Note: recorded by another chart \(0123456789ab\) than today’s \([0-9a-f]{12}\); the first entry/,
    );
    expect(out).toContain('\nEnded: operator, then hangUp');
  });

  it('notes a last line that is cut off', async () => {
    await writeFile(file, aCall().slice(0, -10));
    const { exitCode, out } = await run([file]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Note: line \d+, the last one, is cut off and left out/);
  });

  it('fails where the chart of today cannot go on at all', async () => {
    // As of a time when nothing was said of the state, and briefs had no policy for answers.
    const [header = '', ...lines] = aCall().replaceAll('"speaking":', '"more":').trim().split('\n');
    const older = lines.map((line) => JSON.stringify({ ...JSON.parse(line), after: {} }));
    await writeFile(file, `${[header, ...older].join('\n')}\n`);
    const { exitCode, complaints } = await run([file]);
    expect(exitCode).toBe(1);
    expect(complaints).toMatch(
      /^at entry \d+ \(line \d+\), caller\.interim, the chart of today fails: .*undefined.*, replay it with that one$/s,
    );
  });

  it('prints the record alone, for people and as JSON', async () => {
    await writeFile(file, aCall());
    expect((await run(['--record', file])).out).toMatch(
      /^Call CA0{32} · test · .* · 5\.04 s\n\n {3}1\.500 {2}agent {4}Hello/,
    );
    expect(JSON.parse((await run(['--json', file])).out)).toMatchObject({
      agent: 'test',
      output: { reason: 'operator' },
    });
  });

  it('sets each speaker in a colour on a terminal', async () => {
    await writeFile(file, aCall());
    const { out } = await run([file], { paper: { columns: 120, ink: colouredInk } });
    expect(out).toContain('\u001b[33mcaller     \u001b[39m');
    expect(out).toContain('\u001b[36m→ interrupted.hearing\u001b[39m');
  });

  it.each([60, 80, 200])('keeps within a terminal of %d columns', async (columns) => {
    await writeFile(file, aCall());
    const { out } = await run([file], { paper: { ...PLAIN_PAPER, columns } });
    const widest = Math.max(
      ...(out
        .split('\n\nCall CA')[0]
        ?.split('\n')
        .map((line) => line.length) ?? []),
    );
    expect(widest).toBeLessThanOrEqual(Math.max(columns, 97));
  });
});

describe('the exit code of npm run replay', () => {
  it('is 2 for a file that is none', async () => {
    expect(await run([join(folder, 'none.jsonl')])).toMatchObject({
      exitCode: 2,
      complaints: expect.stringMatching(/none\.jsonl: ENOENT/),
    });
  });

  it('is 2 for garbage, with the line and a remedy for this very file', async () => {
    await writeFile(file, aCall().replace('{"seq":3,', '{"seq":'));
    const { exitCode, complaints } = await run([file]);
    expect(exitCode).toBe(2);
    expect(complaints).toBe(
      `${file}: line 5 is no journal entry (not JSON); what stands before it can be replayed: head -n 4 ${file} > part.jsonl`,
    );
  });

  it('is 2 for wrong usage, and 0 for help that documents it', async () => {
    expect((await run([])).exitCode).toBe(2);
    expect((await run(['--nonsense', file])).exitCode).toBe(2);
    const { exitCode, out } = await run(['--help']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/Exit codes:\n {2}0 {2}the chart of today does what the call did\n {2}1 {2}it does otherwise/);
  });

  it('reaches the shell', async () => {
    await writeFile(file, ofThen(aCall()));
    const replay = spawn(process.execPath, ['--import', 'tsx', 'journal/replay-cli.ts', file], { stdio: 'pipe' });
    const out: Buffer[] = [];
    replay.stdout.on('data', (piece: Buffer) => out.push(piece));
    const [code] = await once(replay, 'close');
    expect(code).toBe(1);
    const text = Buffer.concat(out).toString();
    expect(text).toContain('Here the chart of today parts from the call.');
    expect(text).not.toContain('\u001b');
  });
});
