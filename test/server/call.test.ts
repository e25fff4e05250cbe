import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callRecord } from '../../journal/call-record.ts';
import { parseJournal } from '../../journal/entry.ts';
import { connectedChart } from '../../machines/call/connect-call.ts';
import { connectTo } from '../support/connect-to.ts';
import { callSidOf, FakePhone, post, streamOf } from './fake-phone.ts';
import { allOver, type TestServer, testServer } from './test-server.ts';

const HANG_UP = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
const SORRY =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Say>We are sorry, our assistant cannot take your call at the moment. Please try again later.</Say><Hangup/></Response>';

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.stop());

const afterwards = async (callSid: string): Promise<string> =>
  (await post(`${server.url}/twilio/stream-ended`, { CallSid: callSid })).text();
const metric = async (name: string): Promise<string | undefined> =>
  (await (await fetch(`${server.url}/metrics`)).text()).split('\n').find((line) => line.startsWith(name));

describe('a call', () => {
  it('greets, listens, answers, and is written down so that it can be replayed', async () => {
    const callSid = callSidOf(1);
    const phone = await FakePhone.call(server.url, callSid);
    await phone.spoken(1);
    phone.frames(100);
    await server.scripted.heard(callSid, 16_000);
    await server.scripted.says(callSid, { type: 'caller.speechStarted' });
    await server.scripted.says(callSid, {
      type: 'caller.endOfTurn',
      text: 'when is breakfast',
      confidence: 1,
      words: [],
      speechEndMs: 0,
    });
    await phone.spoken(2);
    const { calls } = (await (await fetch(`${server.url}/api/calls`)).json()) as { calls: object[] };
    expect(calls).toEqual([
      {
        callSid,
        agent: 'continental',
        startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        durationMs: expect.any(Number),
        state: expect.objectContaining({ active: expect.any(Object) }),
      },
    ]);
    phone.hangUp();
    await phone.closed;
    expect(await afterwards(callSid)).toBe(HANG_UP);
    expect(server.calls.live).toBe(0);
    await server.close();
    const record = callRecord(parseJournal(await readFile(join(server.journals, `${callSid}.jsonl`), 'utf8')));
    expect(record).toMatchObject({
      callSid,
      output: { reason: 'caller-hung-up', next: { verb: 'hangUp' } },
      divergedAt: undefined,
    });
    expect(record.transcript.map(({ role }) => role)).toEqual(['assistant', 'user', 'assistant']);
  });

  it('counts its end, its latency and its interruptions', async () => {
    const callSid = callSidOf(2);
    const phone = await FakePhone.call(server.url, callSid);
    await phone.spoken(1);
    phone.frames(50);
    await server.scripted.heard(callSid, 8000);
    phone.playing = false;
    await server.scripted.says(callSid, { type: 'caller.speechStarted' });
    await server.scripted.says(callSid, {
      type: 'caller.endOfTurn',
      text: 'hello',
      confidence: 1,
      words: [],
      speechEndMs: 0,
    });
    await phone.spoken(2);
    await server.scripted.says(callSid, { type: 'caller.speechStarted' });
    await server.scripted.says(callSid, { type: 'caller.interim', text: 'no wait please' });
    phone.hangUp();
    await phone.closed;
    await allOver(server);
    expect(phone.received.at(-1)).toEqual({ event: 'clear', streamSid: callSid.replace('CA', 'MZ') });
    expect(await metric('callchart_calls_total')).toBe('callchart_calls_total{reason="caller-hung-up"} 1');
    expect(await metric('callchart_interruptions_total')).toBe('callchart_interruptions_total 1');
    expect(await metric('callchart_response_latency_seconds_count')).toBe('callchart_response_latency_seconds_count 1');
    expect(await metric('callchart_live_calls')).toBe('callchart_live_calls 0');
  });

  it('ends when the status callback says so, though its stream says nothing', async () => {
    const callSid = callSidOf(3);
    const phone = await FakePhone.call(server.url, callSid);
    await phone.spoken(1);
    const response = await post(`${server.url}/twilio/status`, { CallSid: callSid, CallStatus: 'completed' });
    expect(response.status).toBe(204);
    expect(await phone.closed).toBe(1000);
    expect(await afterwards(callSid)).toBe(HANG_UP);
    expect(await metric('callchart_calls_total')).toBe('callchart_calls_total{reason="caller-hung-up"} 1');
  });

  it('whose socket dies is over after its grace', async () => {
    const callSid = callSidOf(4);
    const phone = await FakePhone.call(server.url, callSid);
    await phone.spoken(1);
    phone.socket.terminate();
    await allOver(server);
    expect(await metric('callchart_calls_total')).toBe('callchart_calls_total{reason="line-dropped"} 1');
    // Twilio still has the caller on the line.
    expect(await afterwards(callSid)).toContain(
      '<Say>I am sorry, our line is broken. Please call again in a moment.</Say>',
    );
  });
});

describe('a call that crashes', () => {
  it('closes its own stream, frees its children, and no other call notices', async () => {
    await server.stop();
    const broken = callSidOf(13);
    server = await testServer(
      {},
      {
        connect: connectTo(
          connectedChart.provide({
            actions: {
              'cut audio': ({ context }) => {
                if (context.brief.callSid === broken) throw new Error('a bug');
              },
            },
          }),
        ),
      },
    );
    const [good, bad] = [await FakePhone.call(server.url, callSidOf(5)), await FakePhone.call(server.url, broken)];
    await Promise.all([good.spoken(1), bad.spoken(1)]);
    server.calls.get(broken)?.send({ type: 'operator.hangUp' });
    expect(await bad.closed).toBe(1011);
    expect(await afterwards(broken)).toBe(SORRY);
    expect(server.calls.list().map(({ callSid }) => callSid)).toEqual([callSidOf(5)]);
    expect(await metric('callchart_calls_total')).toBe('callchart_calls_total{reason="crashed"} 1');
    const journal = parseJournal(await readFile(join(server.journals, `${callSidOf(5)}.jsonl`), 'utf8'));
    expect(journal.entries.length).toBeGreaterThan(0);
    server.calls.get(callSidOf(5))?.send({ type: 'operator.hangUp' });
    expect(await good.closed).toBe(1000);
    expect(await afterwards(callSidOf(5))).toBe(HANG_UP);
  });
});

it('a call that cannot even be set up hands its caller on, and leaves no journal', async () => {
  await server.stop();
  server = await testServer(
    {},
    {
      connect: () => {
        throw new Error('a bug');
      },
    },
  );
  const phone = await FakePhone.call(server.url, callSidOf(1));
  expect(await phone.closed).toBe(1011);
  expect(await afterwards(callSidOf(1))).toBe(SORRY);
  expect([server.calls.live, server.calls.admission, await readdir(server.journals)]).toEqual([0, 'open', []]);
});

describe('shutting down', () => {
  it('waits for the live call, takes no new one, and closes when the last answer was given', async () => {
    const callSid = callSidOf(6);
    const phone = await FakePhone.call(server.url, callSid);
    await phone.spoken(1);
    const closing = server.close({ drainMs: 20_000 });
    const ready = await fetch(`${server.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, admission: 'draining', live: 1 }]);
    const refused = await post(`${server.url}/twilio/voice`, { CallSid: callSidOf(7) });
    expect(await refused.text()).toBe(SORRY);
    phone.hangUp();
    await closing;
    await expect(fetch(`${server.url}/health`)).rejects.toThrow('fetch failed');
  });

  it('lets a call begin that was announced before', async () => {
    const callSid = callSidOf(9);
    const announced = await post(`${server.url}/twilio/voice`, { CallSid: callSid });
    const { url, token } = streamOf(await announced.text());
    const closing = server.close({ drainMs: 20_000 });
    const phone = await FakePhone.connect(url, callSid);
    phone.start({ token });
    await phone.spoken(1);
    phone.hangUp();
    await closing;
    expect(await readdir(server.journals)).toEqual([`${callSid}.jsonl`]);
  });

  it('says goodbye to the calls that are left', async () => {
    const callSid = callSidOf(8);
    const phone = await FakePhone.call(server.url, callSid);
    await phone.spoken(1);
    const closing = server.close({ drainMs: 0 });
    expect(await phone.closed).toBe(1000);
    expect(await afterwards(callSid)).toBe(HANG_UP);
    await closing;
    const [file = ''] = await readdir(server.journals);
    const journal = parseJournal(await readFile(join(server.journals, file), 'utf8'));
    expect(callRecord(journal).output).toEqual({ reason: 'operator', next: { verb: 'hangUp' } });
  });
});
