import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../../emulators/openai/server.ts';
import { calls, result, TOOL, USER } from './conversations.ts';

let emulator: OpenAiEmulator;

beforeAll(async () => {
  emulator = await createOpenAiEmulator({
    answer: () => [{ type: 'text', text: 'Yes.' }],
    apiKey: 'sk-right-key-0000',
  });
});
afterAll(() => emulator.close());

async function refusalOf(body: unknown, authorization = 'Bearer sk-right-key-0000'): Promise<Record<string, unknown>> {
  const response = await fetch(`${emulator.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== '' && { authorization }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { error } = (await response.json()) as { error?: Record<string, unknown> };
  return { status: response.status, ...error };
}

const chat = (body: Record<string, unknown>) => ({ model: 'gpt-4.1-mini', messages: [USER], ...body });

describe('the key', () => {
  it('is demanded', async () => {
    expect(await refusalOf(chat({}), '')).toEqual({
      status: 401,
      message:
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from https://platform.openai.com/account/api-keys.",
      type: 'invalid_request_error',
      param: null,
      code: null,
    });
  });

  it('is checked, and shown with stars', async () => {
    expect(await refusalOf(chat({}), 'Bearer sk-wrong-key-9999')).toEqual({
      status: 401,
      message:
        'Incorrect API key provided: sk-wron******9999. You can find your API key at https://platform.openai.com/account/api-keys.',
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    });
  });
});

describe('a request', () => {
  const UNANSWERED =
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages:";
  const STRAY =
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";

  it.each([
    [
      'an unknown model',
      { model: 'gpt-4' },
      404,
      null,
      'model_not_found',
      'The model `gpt-4` does not exist or you do not have access to it.',
    ],
    ['an unknown parameter', { top_k: 1 }, 400, null, null, 'Unrecognized request argument supplied: top_k'],
    [
      'a missing parameter',
      { messages: undefined },
      400,
      'messages',
      'missing_required_parameter',
      "Missing required parameter: 'messages'.",
    ],
    ['a result nobody asked for', { messages: [USER, result('a')] }, 400, 'messages.[1].role', null, STRAY],
    [
      'a second result',
      { messages: [USER, calls('a'), result('a'), result('a')] },
      400,
      'messages.[3].role',
      null,
      STRAY,
    ],
    ['a call without a result', { messages: [USER, calls('a')] }, 400, 'messages.[1].role', null, `${UNANSWERED} a`],
    [
      'one result for two calls',
      { messages: [calls('a', 'b'), result('a'), USER] },
      400,
      'messages.[2].role',
      null,
      `${UNANSWERED} b`,
    ],
    [
      'usage without a stream',
      { stream_options: { include_usage: true } },
      400,
      'stream_options',
      null,
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    ],
    [
      'max_tokens for a reasoning model',
      { model: 'gpt-6-luna', max_tokens: 9 },
      400,
      'max_tokens',
      'unsupported_parameter',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ],
    [
      'a temperature for a reasoning model',
      { model: 'gpt-6-luna', temperature: 0.7 },
      400,
      'temperature',
      'unsupported_value',
      "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.",
    ],
    [
      'tools for a model that reasons',
      { model: 'gpt-6-luna', tools: [TOOL] },
      400,
      'reasoning_effort',
      null,
      "Function tools with reasoning_effort are not supported for gpt-6-luna in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
    ],
    [
      'an effort that a model does not know',
      { model: 'openai/gpt-oss-120b', reasoning_effort: 'none' },
      400,
      'reasoning_effort',
      'unsupported_value',
      "Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'low', 'medium', 'high'.",
    ],
  ])('with %s is refused', async (_what, body, status, param, code, message) => {
    expect(await refusalOf(chat(body))).toEqual({ status, message, type: 'invalid_request_error', param, code });
  });

  it.each([
    ['a wrong role', { messages: [{ role: 'agent', content: 'hi' }] }, 'messages.[0].role'],
    ['nothing said by the assistant', { messages: [{ role: 'assistant', content: null }] }, 'messages.[0].content'],
    [
      'a tool name with a space',
      { tools: [{ type: 'function', function: { name: 'book table' } }] },
      'tools.[0].function.name',
    ],
  ])('with %s is refused, the place named', async (_what, body, param) => {
    expect(await refusalOf(chat(body))).toMatchObject({ status: 400, param, code: 'invalid_value' });
  });

  it('that is no JSON, or for another address, is refused', async () => {
    expect(await refusalOf('{"model":')).toMatchObject({
      status: 400,
      message: 'We could not parse the JSON body of your request.',
    });
    const response = await fetch(`${emulator.baseUrl}/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-right-key-0000' },
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { message: 'Invalid URL (POST /v1/completions)' } });
  });

  it('with two calls and both results, in any order, is answered', async () => {
    const messages = [USER, calls('a', 'b'), result('b'), result('a'), USER];
    expect(await refusalOf(chat({ messages }))).toEqual({ status: 200 });
  });
});
