import { afterEach, describe, expect, it } from '@jest/globals';
import type { Answer } from '../../../emulators/openai/answer.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../../emulators/openai/server.ts';
import { TOOL, USER } from './conversations.ts';

let emulator: OpenAiEmulator;

afterEach(() => emulator.close());

async function post(answer: Answer, body: Record<string, unknown>): Promise<Response> {
  emulator = await createOpenAiEmulator({ answer });
  return fetch(`${emulator.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4.1-mini', messages: [USER], ...body }),
  });
}

/** The events of a stream as they stand on the wire: each is one `data:` line and a blank line. */
async function eventsOf(response: Response): Promise<string[]> {
  const body = await response.text();
  expect(body.endsWith('\n\n')).toBe(true);
  return body
    .slice(0, -2)
    .split('\n\n')
    .map((event) => {
      expect(event).toMatch(/^data: [^\n]+$/);
      return event.slice('data: '.length);
    });
}

const SILENT = { include_obfuscation: false };

describe('a stream', () => {
  it('is the role, the text in pieces, the finish, the usage with no choices, and [DONE]', async () => {
    const response = await post(() => [{ type: 'text', text: 'Grüß Gott 👋🏽!' }], {
      stream: true,
      stream_options: { include_usage: true, ...SILENT },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-request-id')).toBe('req_1');
    const events = await eventsOf(response);
    expect(events.at(-1)).toBe('[DONE]');
    const chunks = events.slice(0, -1).map((data) => JSON.parse(data));
    const { created } = chunks[0];
    const head = {
      id: 'chatcmpl-1',
      created,
      model: 'gpt-4.1-mini',
      object: 'chat.completion.chunk',
      service_tier: 'default',
    };
    const choice = (delta: object, finish: string | null = null) => ({
      ...head,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      usage: null,
    });
    expect(chunks[0]).toEqual(choice({ role: 'assistant', content: '', refusal: null }));
    const pieces = chunks.slice(1, -2);
    const texts = pieces.map(({ choices }) => choices[0].delta.content);
    expect(texts.join('')).toBe('Grüß Gott 👋🏽!');
    expect(texts.length).toBeGreaterThan(2);
    expect(pieces).toEqual(texts.map((content) => choice({ content })));
    expect(chunks.at(-2)).toEqual(choice({}, 'stop'));
    expect(chunks.at(-1)).toMatchObject({
      ...head,
      choices: [],
      usage: { completion_tokens: 4, prompt_tokens_details: { cached_tokens: 0 } },
    });
  });

  it('has no usage unless it was asked for, and padding unless it was declined', async () => {
    const events = await eventsOf(await post(() => [{ type: 'text', text: 'Hi' }], { stream: true }));
    const chunks = events.slice(0, -1).map((data) => JSON.parse(data));
    for (const chunk of chunks) expect(chunk).toEqual(expect.not.objectContaining({ usage: null }));
    for (const chunk of chunks)
      expect(chunk).toMatchObject({ obfuscation: expect.any(String), choices: [{ index: 0 }] });
  });

  it('brings tool calls by index, their arguments in slices behind id and name', async () => {
    const response = await post(
      () => [
        { type: 'text', text: 'One moment.' },
        { type: 'toolCall', name: 'book_table', arguments: '{"day":"mon"}' },
        { type: 'toolCall', name: 'get_price', arguments: '' },
      ],
      { stream: true, stream_options: SILENT, tools: [TOOL] },
    );
    const choices = (await eventsOf(response)).slice(0, -1).map((data) => JSON.parse(data).choices[0]);
    const deltas = choices.flatMap(({ delta }) => delta.tool_calls ?? []);
    const named = deltas.filter(({ id }) => id !== undefined);
    expect(named).toEqual([
      { index: 0, id: 'call_1', type: 'function', function: { name: 'book_table', arguments: '' } },
      { index: 1, id: 'call_2', type: 'function', function: { name: 'get_price', arguments: '' } },
    ]);
    const slices = deltas.filter(({ id }) => id === undefined);
    expect(slices.map((slice) => slice.function.arguments).join('')).toBe('{"day":"mon"}');
    expect(slices.length).toBeGreaterThan(1);
    for (const slice of slices) expect(slice).toEqual({ index: 0, function: { arguments: expect.any(String) } });
    expect(choices.at(-1)).toEqual({ index: 0, delta: {}, logprobs: null, finish_reason: 'tool_calls' });
  });

  it('says nothing in the role when it begins with a tool call', async () => {
    const response = await post(() => [{ type: 'toolCall', name: 'book_table', arguments: '{}' }], {
      stream: true,
      tools: [TOOL],
    });
    const [first = ''] = await eventsOf(response);
    expect(JSON.parse(first).choices[0].delta).toEqual({ role: 'assistant', content: null, refusal: null });
  });

  it('is cut at the length limit', async () => {
    const response = await post(() => [{ type: 'text', text: 'a'.repeat(40) }], { stream: true, max_tokens: 5 });
    const choices = (await eventsOf(response)).slice(0, -1).map((data) => JSON.parse(data).choices[0]);
    expect(choices.map(({ delta }) => delta.content ?? '').join('')).toBe('a'.repeat(20));
    expect(choices.at(-1).finish_reason).toBe('length');
  });
});

describe('a plain response', () => {
  it('is the same answer in one piece', async () => {
    const response = await post(
      () => [
        { type: 'text', text: 'One ' },
        { type: 'text', text: 'moment.' },
        { type: 'toolCall', id: 'call_x', name: 'book_table', arguments: '{}' },
      ],
      { tools: [TOOL] },
    );
    const body = (await response.json()) as { created: number; usage: { prompt_tokens: number } };
    expect(body).toEqual({
      id: 'chatcmpl-1',
      created: body.created,
      model: 'gpt-4.1-mini',
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'One moment.',
            tool_calls: [{ id: 'call_x', type: 'function', function: { name: 'book_table', arguments: '{}' } }],
            refusal: null,
            annotations: [],
          },
          logprobs: null,
          finish_reason: 'tool_calls',
        },
      ],
      usage: expect.objectContaining({ completion_tokens: 4, total_tokens: body.usage.prompt_tokens + 4 }),
      service_tier: 'default',
    });
  });
});
