import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { runCallers } from '../../visualizations/demo/callers/run-callers.ts';
import type { CallerLine } from '../../visualizations/demo/script.ts';

const SCRIPT: readonly CallerLine[] = [
  { says: 'tell me about the history of the hotel', shows: 'a question', when: 'turn', becomes: 'turn' },
  { says: 'where can i park my car', shows: 'a barge-in', when: { intoAnswerMs: 2500 }, becomes: 'interruption' },
  { says: 'thank you goodbye', shows: 'a goodbye', when: 'turn', becomes: 'turn' },
];

/** A machine that is busy with other things hears later than it says: words more or less than in the demonstration itself. */
const WORDS_WHEN_BUSY = 4;

it('three callers talk to the program and the vendors at the same time: no frame goes astray, each cut is complete', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'callers-'));
  try {
    const { calls, warnings } = await runCallers({
      callers: 3,
      directory,
      print: () => {},
      vendors: true,
      script: SCRIPT,
    });
    expect(warnings).toEqual([]);
    expect(calls.map(({ clears, understood }) => ({ clears, understood }))).toEqual(
      calls.map(() => ({ clears: 1, understood: 3 })),
    );
    for (const { findings, interruptions } of calls) {
      const wrong = findings.filter(({ holds, what }) => !holds && !what.startsWith('the next request holds'));
      expect(wrong.map(({ what }) => what)).toEqual(['a booking was made']);
      expect(interruptions.length).toBe(1);
      const [{ words } = {}] = interruptions;
      expect(Math.abs((words?.remembered ?? 0) - (words?.heard ?? 0))).toBeLessThanOrEqual(WORDS_WHEN_BUSY);
    }
    expect(calls.length).toBe(3);
    // A call may be cut between two sentences, but not all of them.
    const seen = calls.flatMap(({ interruptions }) => interruptions);
    expect(seen.map(({ model }) => model.how)).toContain('stopped');
    expect(seen.map(({ voice }) => voice.how)).toContain('stopped');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}, 120_000);
