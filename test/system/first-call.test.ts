import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { callRecord } from '../../journal/call-record.ts';
import { parseJournal } from '../../journal/entry.ts';
import { createServer, type RunningServer } from '../../server/create-server.ts';
import { silentLogger } from '../../server/logging.ts';
import { readSettings } from '../../server/settings.ts';
import { closeSynthesiser, synthesise } from '../../services/text-to-speech/local/synthesise.ts';

/** Nothing is scripted here: embedded recogniser, concierge and voice, and between phone and server only sound. */
let server: RunningServer;
let journals: string;

beforeAll(async () => {
  journals = await mkdtemp(join(tmpdir(), 'journals-'));
  server = await createServer(readSettings({ PORT: '0', LOG_DIR: journals }), { logger: silentLogger() });
});
afterAll(async () => {
  await server.close({ drainMs: 0 });
  await closeSynthesiser();
  await rm(journals, { recursive: true });
});

describe('the first call', () => {
  it('takes the floor from the greeting, is understood, and is answered from the facts', async () => {
    const question = await synthesise('what time is breakfast', 'rms');
    const call = await placeCall({ url: `${server.url}/twilio/voice` });
    await call.waitFor('mark', ({ name, played }) => name === 'e1.s0' && played);
    await call.sendAudio(question);
    await call.waitFor('clear');
    await call.next('mark', ({ name, played }) => name.endsWith('.s0') && played);
    await call.hangUp();
    expect(await call.ended).toMatchObject({ reason: 'caller hung up' });
    expect(call.warnings).toEqual([]);
    await Promise.all(server.calls.list().map(({ ended }) => ended));
    await server.close();

    const record = callRecord(parseJournal(await readFile(join(journals, `${call.callSid}.jsonl`), 'utf8')));
    expect(record.divergedAt).toBeUndefined();
    expect(record.output).toEqual({ reason: 'caller-hung-up', next: { verb: 'hangUp' } });
    expect(record.interruptions.length).toBe(1);
    const said = record.transcript.flatMap((line) => ('text' in line ? [[line.role, line.text]] : []));
    expect(said[0]).toEqual(['assistant', expect.stringMatching(/^Welcome to the Hotel Continental\./)]);
    expect(said[1]).toEqual(['user', 'what time is breakfast']);
    const [turn] = record.turns;
    expect(turn?.heardMs).toBeGreaterThan(0);
    expect(turn?.heardMs).toBeLessThan(3000);
  });
});
