import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PhoneEvent } from '../../emulators/twilio/call-events.ts';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { createTwilioRest, type TwilioRest } from '../../emulators/twilio/rest/server.ts';
import { type CallRecord, callRecord } from '../../journal/call-record.ts';
import { parseJournal } from '../../journal/entry.ts';
import type { CallSession } from '../../server/call-session.ts';
import { type TestServer, testServer } from '../server/test-server.ts';

/** The real server and the emulated Twilio, whose queue hands callers out; recogniser, model and voice are scripted. */
const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-real-looking-auth-token';
const WORKFLOW = `WW${'2'.repeat(32)}`;

let rest: TwilioRest;
let server: TestServer;
let call: PhoneCall;
let session: CallSession;

const isSpoken = (event: PhoneEvent): boolean => event.type === 'mark' && event.name.endsWith('.end') && event.played;

/** Somebody calls, and has heard the greeting. */
async function callWith(queue: string): Promise<void> {
  server = await testServer(
    {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_API_BASE_URL: rest.baseUrl,
      HUMAN_QUEUE: queue,
    },
    {
      onCall: (begun) => {
        session = begun;
      },
    },
  );
  call = await placeCall({ url: `${server.url}/twilio/voice`, authToken, accountSid, registry: rest.registry });
  await call.waitFor('mark', isSpoken);
}

/** How often the carrier was asked to change the call. */
const requests = (): number => rest.requests.filter(({ path }) => path.includes(call.callSid)).length;

async function record(): Promise<CallRecord> {
  await session.released;
  return callRecord(parseJournal(await readFile(join(server.journals, `${call.callSid}.jsonl`), 'utf8')));
}

const noteOf = (reason: string, turns: number) => ({ callSid: call.callSid, agent: 'continental', reason, turns });

beforeEach(async () => {
  rest = await createTwilioRest({ accountSid, authToken });
});
afterEach(async () => {
  await server.stop();
  await rest.close();
});

describe('a caller who is to wait in a queue', () => {
  it('becomes a task that says who comes and why, and nothing of what was said', async () => {
    await callWith(WORKFLOW);
    const answered = call.next('mark', isSpoken);
    await server.scripted.says(call.callSid, { type: 'caller.speechStarted' });
    await server.scripted.says(call.callSid, {
      type: 'caller.endOfTurn',
      text: 'xylophone marmalade',
      confidence: 1,
      words: [],
    });
    await answered;
    call.dtmf('0');
    const note = noteOf('requested', 1);
    expect(await call.waitFor('enqueue')).toEqual({ type: 'enqueue', queue: WORKFLOW, task: note });
    expect(await call.ended).toMatchObject({ reason: 'document ended' }); // served, and asked of us nothing more
    expect(requests()).toBe(1);
    expect(JSON.stringify(rest.requests)).not.toContain('marmalade');
    const { output, divergedAt } = await record();
    expect(output).toEqual({ reason: 'transferred', next: { verb: 'enqueue', queue: WORKFLOW, note } });
    expect(divergedAt).toBeUndefined();
  });

  it('joins a plain queue by its name', async () => {
    await callWith('Front & desk');
    call.dtmf('0');
    expect(await call.waitFor('enqueue')).toEqual({ type: 'enqueue', queue: 'Front & desk' });
    await call.ended;
    expect(requests()).toBe(1);
  });

  it('is brought there by the stream’s end when the agent is lost, without a request', async () => {
    await callWith(WORKFLOW);
    call.dropLine();
    const note = noteOf('line-dropped', 0);
    expect(await call.waitFor('enqueue')).toEqual({ type: 'enqueue', queue: WORKFLOW, task: note });
    await call.ended;
    expect(requests()).toBe(0);
    expect((await record()).output).toEqual({
      reason: 'line-dropped',
      next: { verb: 'enqueue', queue: WORKFLOW, note },
    });
  });

  it('stays with the agent, who says so, when the request fails', async () => {
    rest.inject('server error');
    await callWith(WORKFLOW);
    const declined = call.next('mark', isSpoken).then(() => call.next('mark', isSpoken));
    call.dtmf('0');
    await declined;
    expect(requests()).toBe(1);
    await call.hangUp();
    expect(call.timeline.some(({ event }) => event.type === 'enqueue')).toBe(false);
    expect((await record()).transcript.at(-1)).toMatchObject({
      text: expect.stringMatching(/^I am sorry, nobody is free/),
    });
  });
});
