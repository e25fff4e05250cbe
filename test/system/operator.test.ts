import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PhoneEvent } from '../../emulators/twilio/call-events.ts';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { callRecord } from '../../journal/call-record.ts';
import { conversationState } from '../../journal/describe-step.ts';
import { parseJournal } from '../../journal/entry.ts';
import type { CallEvent } from '../../machines/call/events.ts';
import { type TestServer, testServer } from '../server/test-server.ts';

/** The real server, steered over HTTP, and the emulated telephone; recogniser, model and voice are scripted. */
const GREETING = 'Welcome to the Hotel Continental. I am the automatic concierge. How can I help you?';

let server: TestServer;
let call: PhoneCall;
let look = (): unknown => undefined;
/** Everything that reached the call, and the state of the conversation after it. */
let steps: { readonly event: CallEvent; readonly state: string }[];

const isSpoken = (event: PhoneEvent): boolean => event.type === 'mark' && event.name.endsWith('.end') && event.played;

beforeEach(async () => {
  steps = [];
  server = await testServer(
    { ADMIN_TOKEN: 'admin-token' },
    {
      onCall: (session) => {
        session.watch((event, snapshot) => {
          steps.push({ event, state: conversationState(snapshot) });
          look();
        });
      },
    },
  );
  call = await placeCall({ url: `${server.url}/twilio/voice` });
  await call.waitFor('mark', isSpoken);
  await reaches('listening');
});
afterEach(() => server.stop());

async function operator(command: object): Promise<void> {
  const response = await fetch(`${server.url}/api/calls/${call.callSid}/operator`, {
    method: 'POST',
    body: JSON.stringify(command),
    headers: { 'content-type': 'application/json', authorization: 'Bearer admin-token' },
  });
  expect(response.status).toBe(202);
}

async function callerSays(text: string): Promise<void> {
  await server.scripted.says(call.callSid, { type: 'caller.speechStarted' });
  await server.scripted.says(call.callSid, { type: 'caller.endOfTurn', text, confidence: 1, words: [] });
}

/** Resolves as soon as the conversation is, or already is, in a state whose name begins so. */
const reaches = (state: string): Promise<void> =>
  new Promise((resolve) => {
    look = () => steps.at(-1)?.state.startsWith(state) && resolve();
    look();
  });

const recordOf = async () => {
  const session = server.calls.get(call.callSid);
  await call.hangUp();
  await session?.released;
  return callRecord(parseJournal(await readFile(join(server.journals, `${call.callSid}.jsonl`), 'utf8')));
};
const words = ({ transcript }: Awaited<ReturnType<typeof recordOf>>) => transcript.map(({ atMs: _, ...line }) => line);

describe('an operator', () => {
  it('takes the call over: the agent is silent, says what he writes, and answers once it has the call back', async () => {
    await operator({ action: 'takeOver' });
    await callerSays('my room is cold');
    const said = call.next('mark', isSpoken);
    await operator({ action: 'say', text: 'This is Anna. I am sending somebody up.' });
    await said;
    await reaches('attended.waiting');
    await callerSays('and what time is breakfast');
    expect(steps.at(-1)?.state).toBe('attended.waiting');
    const attended = steps.filter(({ state }) => state.startsWith('attended'));
    const kinds = attended.map(({ event }) => event.type);
    expect(kinds.filter((type) => type.startsWith('reply.'))).toEqual([]);
    expect(kinds.filter((type) => type === 'playout.started').length).toBe(1);

    const answered = call.next('mark', isSpoken);
    await operator({ action: 'handBack' });
    await answered;
    const record = await recordOf();
    expect(words(record)).toEqual([
      { role: 'assistant', text: GREETING },
      { role: 'user', text: 'my room is cold' },
      { role: 'assistant', text: 'This is Anna. I am sending somebody up.' },
      { role: 'user', text: 'and what time is breakfast' },
      { role: 'assistant', text: 'Certainly.' },
    ]);
    expect(record.divergedAt).toBeUndefined();
  });

  it('whispers a line through the agent, who goes on listening', async () => {
    const said = call.next('mark', isSpoken);
    await operator({ action: 'say', text: 'The fire alarm at noon is a test.' });
    await said;
    await reaches('listening');
    const answered = call.next('mark', isSpoken);
    await callerSays('thank you');
    await answered;
    expect(words(await recordOf())).toEqual([
      { role: 'assistant', text: GREETING },
      { role: 'assistant', text: 'The fire alarm at noon is a test.' },
      { role: 'user', text: 'thank you' },
      { role: 'assistant', text: 'Certainly.' },
    ]);
  });
});
