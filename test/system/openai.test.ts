import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../../emulators/openai/answer.ts';
import { type ChatRequest, wordsOf } from '../../emulators/openai/chat-request.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../emulators/openai/server.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { callRecord } from '../../journal/call-record.ts';
import { closeSynthesiser, synthesise } from '../../services/text-to-speech/local/synthesise.ts';
import { type LocalServer, localServer } from './local-server.ts';

/** The vendor's SDK on one side, the emulated vendor on the other, and a caller who does not let the agent finish. */
let openai: OpenAiEmulator;
let server: LocalServer;

const answer: Answer = ({ messages }) => {
  const last = messages.at(-1);
  if (last?.role === 'tool') return [{ type: 'text', text: 'Nothing has been booked so far.' }];
  if (last === undefined || !wordsOf(last).includes('breakfast'))
    return [{ type: 'toolCall', id: 'call_x', name: 'look_up_booking', arguments: '{}' }];
  return [
    {
      type: 'text',
      text: 'Breakfast is served in the garden room, on the ground floor, every morning of the year. And',
    },
    { type: 'text', text: ' this is never said.', afterMs: 600_000 },
  ];
};

beforeAll(async () => {
  openai = await createOpenAiEmulator({ answer, apiKey: 'sk-right-key-0000' });
  server = await localServer({
    OPENAI_API_KEY: 'sk-right-key-0000',
    OPENAI_BASE_URL: openai.baseUrl,
    STT: 'local',
    TTS: 'local',
  });
});
afterAll(async () => {
  await server.stop();
  await openai.close();
  await closeSynthesiser();
});

/** What was said to the model, without its instructions. */
const conversations = (): ChatRequest['messages'][] =>
  openai.requests
    .filter(({ path }) => path.endsWith('/chat/completions'))
    .map(({ body }) => (body as ChatRequest).messages.slice(1));

describe('a call that OpenAI answers', () => {
  it('aborts the request when the caller takes the floor, tells what was heard, and uses tools', async () => {
    const question = await synthesise('what time is breakfast', 'rms');
    // The caller listens for two seconds first.
    const silence = Buffer.alloc(16_000, 0xff);
    const wish = Buffer.concat([silence, await synthesise('i would like to book a table', 'rms')]);
    const call = await placeCall({ url: `${server.url}/twilio/voice` });
    await call.waitFor('mark', ({ name, played }) => name === 'e1.s2' && played);
    await call.sendAudio(question);
    await call.next('agentAudio');
    await call.sendAudio(wish);
    await call.waitFor('clear');
    const [, first] = [await openai.request(0), await openai.request(1)];
    expect(await first.settled).toMatchObject({ type: 'broken', status: 200 });
    await call.next('mark', ({ name, played }) => name.endsWith('.s0') && played);
    await call.hangUp();
    const record = callRecord(await server.journalOf(call.callSid));

    expect(record.divergedAt).toBeUndefined();
    expect(record.interruptions.length).toBe(1);
    expect(openai.requests[0]?.path).toBe('/v1/models');
    const greeting = { role: 'assistant', content: expect.stringMatching(/^Welcome to the Hotel Continental\./) };
    const asked = [greeting, { role: 'user', content: 'what time is breakfast' }];
    const interrupted = [
      ...asked,
      { role: 'assistant', content: expect.stringMatching(/^Breakfast is .* —$/) },
      { role: 'user', content: 'i would like to book a table' },
    ];
    const looked = [
      ...interrupted,
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_x', type: 'function', function: { name: 'look_up_booking', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'call_x', content: expect.stringContaining('nothing-booked') },
    ];
    expect(conversations()).toEqual([asked, interrupted, looked]);
    expect(record.transcript.at(-1)).toMatchObject({ role: 'assistant', text: 'Nothing has been booked so far.' });
  });
});
