import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { median } from '../../journal/describe-record.ts';
import { runDemo } from '../../visualizations/demo/run-demo.ts';

/** The promise of the product, in numbers (ms). */
const MEDIAN_HEARD_MS = 1500;

it('the demonstration keeps what it promises: understood, interrupted, booked, replayed', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'demo-'));
  try {
    const lines: string[] = [];
    const { record, findings } = await runDemo({ directory, print: (line) => void lines.push(line), colour: false });
    expect(findings.filter(({ holds }) => !holds)).toEqual([]);
    expect(findings.length).toBe(6);
    expect(record.output).toEqual({ reason: 'agent-hung-up', next: { verb: 'hangUp' } });
    expect(record.turns.length).toBe(7);
    expect(median(record.turns.map(({ heardMs = Number.POSITIVE_INFINITY }) => heardMs))).toBeLessThan(MEDIAN_HEARD_MS);
    expect(record.interruptions).toEqual([
      { atMs: expect.any(Number), by: expect.any(String), heardSentences: 1, playedMs: expect.any(Number) },
    ]);
    expect(record.transcript.filter(({ role }) => role === 'toolCall')).toMatchObject([{ name: 'book_table' }]);
    const states = lines.flatMap((line) => /state {3}(\w+)/.exec(line)?.[1] ?? []);
    expect([...new Set(states)].sort()).toEqual([
      'closing',
      'ended',
      'greeting',
      'interrupted',
      'listening',
      'responding',
    ]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}, 180_000);
