import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loadProfile } from '../../../../agents/load-profile.ts';
import type { Answer } from '../../../../emulators/openai/answer.ts';
import type { OpenAiEmulatorOptions } from '../../../../emulators/openai/emulator-options.ts';
import type { Fault } from '../../../../emulators/openai/faults.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../../../emulators/openai/server.ts';
import type { Message, ReplyPart } from '../../../../machines/call/ports.ts';
import { ServiceError } from '../../../../services/errors.ts';
import {
  createOpenAiLanguageModel,
  type OpenAiLanguageModel,
  type OpenAiLanguageModelOptions,
} from '../../../../services/language-model/openai/openai-language-model.ts';
import { PRESETS } from '../../../../services/language-model/openai/presets.ts';
import type { TokenUsage } from '../../../../services/language-model/openai/stream-answer.ts';
import { toolDefinitionsOf } from '../../../../services/tools/tool-definitions.ts';

const profile = loadProfile('continental');
const KEY = 'sk-secret-of-the-house';
const WORDS = 'my name is Miller';
const GOOD_EVENING: Answer = () => [{ type: 'text', text: 'Good evening.' }];

let closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

async function start(
  answer: Answer = GOOD_EVENING,
  {
    emulatorOptions,
    ...options
  }: Partial<OpenAiLanguageModelOptions> & { emulatorOptions?: Partial<OpenAiEmulatorOptions> } = {},
): Promise<{ model: OpenAiLanguageModel; emulator: OpenAiEmulator }> {
  const emulator = await createOpenAiEmulator({ answer, ...emulatorOptions });
  const { model, parameters } = PRESETS.openai;
  const languageModel = createOpenAiLanguageModel(profile, {
    vendor: 'openai',
    baseUrl: emulator.baseUrl,
    apiKey: KEY,
    model,
    parameters,
    now: () => new Date('2026-11-20T15:00:00Z'),
    ...options,
  });
  closing.push(
    () => languageModel.close(),
    () => emulator.close(),
  );
  return { model: languageModel, emulator };
}

async function partsOf(
  model: OpenAiLanguageModel,
  {
    history = [{ role: 'user', text: WORDS }],
    toolsAllowed = true,
    signal = new AbortController().signal,
  }: {
    history?: readonly Message[];
    toolsAllowed?: boolean;
    signal?: AbortSignal;
  } = {},
): Promise<ReplyPart[]> {
  const parts: ReplyPart[] = [];
  for await (const part of model.stream({ history, toolsAllowed }, signal)) parts.push(part);
  return parts;
}

const textOf = (parts: readonly ReplyPart[]): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

const failureOf = async (model: OpenAiLanguageModel): Promise<Record<string, unknown>> => {
  const error = await partsOf(model).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ServiceError.is(error)) throw new Error(`no service error: ${String(error)}`);
  const { code, retryable, message, vendor } = error;
  expect(JSON.stringify([message, error, error.cause])).not.toMatch(/secret|Miller/);
  return { code, retryable, message, vendor };
};

describe('a request', () => {
  it('says everything at once: prompt, history, tools, and what this model has to be told', async () => {
    const { model, emulator } = await start();
    await partsOf(model);
    const [{ body, headers } = { body: undefined, headers: {} }] = emulator.requests;
    const { messages, tools, ...rest } = body as { messages: { content: string }[]; tools: unknown[] };
    expect(rest).toEqual({
      model: 'gpt-5.6-luna',
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false },
      store: false,
      max_completion_tokens: 400,
      reasoning_effort: 'none',
    });
    expect(messages).toEqual([
      { role: 'system', content: expect.stringMatching(/It is Friday, 2026-11-20, 10:00 \(America\/New_York\)\.$/) },
      { role: 'user', content: WORDS },
    ]);
    expect(tools).toEqual(toolDefinitionsOf(profile).map((definition) => ({ type: 'function', function: definition })));
    expect(headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'x-stainless-retry-count': '0' });
  });

  it('has no tools when they are not allowed, and calls that come all the same are dropped', async () => {
    const { model, emulator } = await start(() => [
      { type: 'text', text: 'I cannot.' },
      { type: 'toolCall', name: 'book_table', arguments: '{}' },
    ]);
    const parts = await partsOf(model, { toolsAllowed: false });
    expect(emulator.requests[0]?.body).not.toHaveProperty('tools');
    expect(textOf(parts)).toBe('I cannot.');
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
    expect(parts.filter(({ type }) => type === 'toolCall')).toEqual([]);
  });
});

describe('an answer', () => {
  it('streams as it comes, then its tool calls, whole and in order, then the finish', async () => {
    const { model } = await start(() => [
      { type: 'text', text: 'Grüß Gott, one moment.' },
      { type: 'toolCall', id: 'a', name: 'book_table', arguments: '{"name":"Jürgen \\"J\\" Wörner","partySize":2}' },
      { type: 'toolCall', id: 'b', name: 'look_up_booking', arguments: '' },
    ]);
    const parts = await partsOf(model);
    expect(parts.filter(({ type }) => type === 'text').length).toBeGreaterThan(3);
    expect(textOf(parts)).toBe('Grüß Gott, one moment.');
    expect(parts.slice(-3)).toEqual([
      { type: 'toolCall', id: 'a', name: 'book_table', arguments: '{"name":"Jürgen \\"J\\" Wörner","partySize":2}' },
      { type: 'toolCall', id: 'b', name: 'look_up_booking', arguments: '{}' },
      { type: 'finish', reason: 'toolCalls' },
    ]);
  });

  it('that is cut at the length limit says so', async () => {
    const { model } = await start(() => [{ type: 'text', text: 'a'.repeat(50) }], { maximumTokens: 5 });
    const parts = await partsOf(model);
    expect(textOf(parts)).toBe('a'.repeat(20));
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'length' });
  });

  it('is complete with its finish; the usage comes behind it, also when nobody listens any more', async () => {
    const usages: TokenUsage[] = [];
    const { promise, resolve } = deferred();
    const { model, emulator } = await start(GOOD_EVENING, {
      onUsage: (usage) => {
        usages.push(usage);
        resolve();
      },
    });
    const controller = new AbortController();
    for await (const part of model.stream({ history: [], toolsAllowed: true }, controller.signal))
      if (part.type === 'finish') controller.abort();
    await promise;
    expect(usages).toEqual([{ prompt: expect.any(Number), cached: 0, completion: 4, reasoning: 0 }]);
    expect(await (await emulator.request(0)).settled).toMatchObject({ type: 'completed', status: 200 });
  });

  it('needs no end of the body', async () => {
    const { model, emulator } = await start();
    emulator.inject('open end');
    expect((await partsOf(model)).at(-1)).toEqual({ type: 'finish', reason: 'stop' });
  });
});

function deferred() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('an abort', () => {
  it.each<[string, Fault]>([
    ['before the headers', 'hang'],
    ['in the middle of the stream', 'stall'],
  ])('%s ends the iteration silently, closes the socket and leaves no listener', async (_when, fault) => {
    const { model, emulator } = await start();
    emulator.inject(fault);
    const controller = new AbortController();
    const parts = partsOf(model, { signal: controller.signal });
    const seen = await emulator.request(0);
    controller.abort();
    expect((await parts).filter(({ type }) => type === 'finish')).toEqual([]);
    expect(await seen.settled).toMatchObject({ type: 'broken' });
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('of the iteration by its consumer closes the socket, too', async () => {
    const { model, emulator } = await start();
    emulator.inject('stall');
    for await (const part of model.stream({ history: [], toolsAllowed: true }, new AbortController().signal)) {
      expect(part.type).toBe('text');
      break;
    }
    expect(await (await emulator.request(0)).settled).toMatchObject({ type: 'broken' });
  });

  it('that came first sends nothing', async () => {
    const { model, emulator } = await start();
    expect(await partsOf(model, { signal: AbortSignal.abort() })).toEqual([]);
    expect(emulator.requests).toEqual([]);
  });
});

describe('a failure', () => {
  it.each<[Fault, string, boolean, string]>([
    ['hang', 'timeout', true, 'no answer from openai in time'],
    [
      'unauthorized',
      'auth',
      false,
      'openai refused the key (HTTP 401, invalid_api_key, request req_1): check its API key and what it may use',
    ],
    ['rate limit', 'rate-limit', true, 'too many requests to openai (HTTP 429, rate_limit_exceeded, request req_1)'],
    ['quota', 'quota', false, 'the account at openai has no credit left (HTTP 429, insufficient_quota, request req_1)'],
    ['server error', 'unavailable', true, 'openai cannot answer (HTTP 500, server_error, request req_1)'],
    ['bad gateway', 'unavailable', true, 'openai cannot answer (HTTP 503, request req_1)'],
    ['disconnect', 'network', true, 'no connection to openai (ECONNRESET)'],
    ['disconnect mid-stream', 'network', true, 'the connection to openai broke (ECONNRESET)'],
    ['malformed JSON', 'protocol', false, 'the stream of openai holds what is no JSON'],
    ['error in stream', 'unavailable', true, 'openai cannot answer (within the stream, server_error, request req_1)'],
    ['no finish', 'protocol', true, 'the stream of openai ended without a finish'],
  ])('by "%s" is %s, told once and without a retry', async (fault, code, retryable, message) => {
    const { model, emulator } = await start(GOOD_EVENING, { timeoutMs: fault === 'hang' ? 50 : 5000 });
    emulator.inject(fault);
    expect(await failureOf(model)).toEqual({ code, retryable, message, vendor: 'openai' });
    expect(emulator.requests.length).toBe(1);
  });

  it('names the model that does not exist, and the parameter that is refused', async () => {
    const { model } = await start(GOOD_EVENING, { model: 'gpt-4o-mini' });
    expect(await failureOf(model)).toMatchObject({
      code: 'bad-request',
      retryable: false,
      message: 'openai refused the request for the model gpt-4o-mini (HTTP 404, model_not_found, request req_1)',
    });
    const wrong = await start(GOOD_EVENING, { parameters: { top_logprobs: 2 } });
    expect(await failureOf(wrong.model)).toMatchObject({ code: 'bad-request' });
    const hot = await start(GOOD_EVENING, { parameters: { temperature: 0.7 } });
    expect(await failureOf(hot.model)).toMatchObject({
      message:
        'openai refused the request for the model gpt-5.6-luna (HTTP 400, unsupported_value, parameter temperature, request req_1)',
    });
  });

  it('is the filter of the vendor, when it withheld the answer', async () => {
    const { model } = await start(() => [{ type: 'finish', reason: 'content_filter' }]);
    expect(await failureOf(model)).toMatchObject({
      code: 'bad-request',
      message: 'openai withheld the answer of gpt-5.6-luna (content_filter)',
    });
  });

  it('is the network, when nobody is there', async () => {
    const { model, emulator } = await start();
    await emulator.close();
    closing.pop();
    expect(await failureOf(model)).toMatchObject({
      code: 'network',
      message: 'no connection to openai (ECONNREFUSED)',
    });
    await expect(model.warmUp()).resolves.toBeUndefined();
  });
});

describe('the connection', () => {
  it('is opened ahead and used for all that follows, refusals included', async () => {
    const { model, emulator } = await start();
    await model.warmUp();
    await partsOf(model);
    emulator.inject('rate limit');
    await failureOf(model);
    await partsOf(model);
    await (await emulator.request(3)).settled;
    await model.warmUp();
    expect(emulator.requests.map(({ path, connection }) => `${path} ${connection}`)).toEqual([
      '/v1/models 0',
      '/v1/chat/completions 0',
      '/v1/chat/completions 0',
      '/v1/chat/completions 0',
    ]);
  });

  it('that the server closed while it was idle costs nobody an answer', async () => {
    const { model, emulator } = await start();
    await partsOf(model);
    emulator.inject('disconnect');
    expect(textOf(await partsOf(model))).toBe('Good evening.');
    expect(emulator.requests.map(({ connection }) => connection)).toEqual([0, 0, 1]);
  });

  it('carries several answers at once without mixing them', async () => {
    const { model } = await start(({ messages }) => [{ type: 'text', text: `You said ${messages.at(-1)?.content}` }]);
    const said = await Promise.all(
      Array.from({ length: 8 }, (_, count) => partsOf(model, { history: [{ role: 'user', text: `word ${count}` }] })),
    );
    expect(said.map(textOf)).toEqual(Array.from({ length: 8 }, (_, count) => `You said word ${count}`));
  });
});

describe('other servers', () => {
  /** A server that sends these events as they are. */
  async function serverSending(...events: readonly unknown[]): Promise<string> {
    const sockets = new Set<Socket>();
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`: keep-alive\n\n${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}`);
    });
    server.on('connection', (socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const choice = (delta: unknown, finish: string | null = null) => ({
    choices: [{ index: 0, delta, finish_reason: finish }],
  });

  it('may think aloud; the caller does not hear it', async () => {
    const pieces = ['<thi', 'nk>They want breakfast.</th', 'ink>From ', 'seven', ' <'];
    const baseUrl = await serverSending(...pieces.map((content) => choice({ content })), choice({}, 'stop'));
    const { model } = await start(GOOD_EVENING, { baseUrl, model: 'qwen3:8b' });
    expect(await partsOf(model)).toEqual([
      { type: 'text', text: 'From ' },
      { type: 'text', text: 'seven' },
      { type: 'text', text: ' ' },
      { type: 'text', text: '<' },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('may send whole calls, chunks without choice or delta, refusals, and `stop` behind a call', async () => {
    const baseUrl = await serverSending(
      { choices: [] },
      { choices: [{ index: 0, finish_reason: null }] },
      choice({ refusal: 'I would rather not. ' }),
      choice({ tool_calls: [{ id: 'x', type: 'function', function: { name: 'end_call', arguments: '{}' } }] }),
      { ...choice({}, 'stop'), usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 } },
    );
    const usages: TokenUsage[] = [];
    const { model } = await start(GOOD_EVENING, { baseUrl, model: 'llama3.2', onUsage: (usage) => usages.push(usage) });
    expect(await partsOf(model)).toEqual([
      { type: 'text', text: 'I would rather not. ' },
      { type: 'toolCall', id: 'x', name: 'end_call', arguments: '{}' },
      { type: 'finish', reason: 'toolCalls' },
    ]);
    expect(usages).toEqual([{ prompt: 7, cached: 0, completion: 2, reasoning: 0 }]);
  });
});
