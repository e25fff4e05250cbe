import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { SpokenLine } from '../../journal/describe-words.ts';
import { JOURNAL_VERSION } from '../../journal/entry.ts';
import { chartFingerprint } from '../../journal/fingerprint.ts';
import { followWords } from '../../journal/follow-words.ts';
import { recordCall } from '../../journal/recorder.ts';
import { BRIEF, callOnPaper } from '../support/call-on-paper.ts';

const GREETING = ['Hello.', 'How can I help you?'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'words-'));
});
afterEach(() => rm(folder, { recursive: true }));

function journalOfACall(): string {
  const { callSid, agent } = BRIEF;
  const startedAt = '2026-11-20T10:00:00.000Z';
  const lines = [JSON.stringify({ journal: JOURNAL_VERSION, callSid, agent, startedAt, chart: chartFingerprint() })];
  const call = callOnPaper({ script: { ...BRIEF.script, greeting: GREETING } }, (actor, clock) => {
    recordCall(actor, {
      now: () => clock.now,
      write: (line) => lines.push(line),
      onError: (error) => {
        throw error;
      },
    });
  });
  call.started();
  call.say({ type: 'playout.heard', epoch: call.epoch(), sentence: 0 });
  call.played();
  call.ends('tell me');
  call.sentence('The hotel was built by a king.');
  call.started();
  call.sentence('He never slept in it.');
  return `${lines.join('\n')}\n`;
}

it('tells the words of a journal that is still being written', async () => {
  const file = join(folder, 'CA.jsonl');
  const journal = journalOfACall();
  const over = new AbortController();
  const told: SpokenLine[] = [];
  const middle = journal.indexOf('caller.endOfTurn');
  await appendFile(file, journal.slice(0, middle));
  for await (const line of followWords(file, over.signal)) {
    told.push(line);
    if (told.length === GREETING.length) {
      await appendFile(file, journal.slice(middle));
      over.abort();
    }
  }
  expect(told).toEqual([
    ...GREETING.map((text) => ({ who: 'agent', text })),
    { who: 'caller', text: 'tell me' },
    { who: 'agent', text: 'The hotel was built by a king.' },
  ]);
});

it('says nothing of a call that keeps no journal here', async () => {
  const told: SpokenLine[] = [];
  for await (const line of followWords(join(folder, 'CA.jsonl'), AbortSignal.abort())) told.push(line);
  expect(told).toEqual([]);
});
