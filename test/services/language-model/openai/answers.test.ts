import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../../emulators/openai/faults.ts';
import type { ReplyPart } from '../../../../machines/call/ports.ts';
import type { TokenUsage } from '../../../../services/language-model/openai/stream-answer.ts';
import { toolDefinitionsOf } from '../../../../services/tools/tool-definitions.ts';
import {
  choice,
  closeAll,
  deferred,
  eventOf,
  GOOD_EVENING,
  KEY,
  partsOf,
  profile,
  serverAnswering,
  start,
  textOf,
  WORDS,
} from './wired-model.ts';

afterEach(closeAll);

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
      max_completion_tokens: 1000,
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
    const heard = deferred<void>();
    const { model } = await start(async function* () {
      yield { type: 'text', text: 'Grüß Gott, ' };
      await heard.promise;
      yield { type: 'text', text: 'one moment.' };
      yield {
        type: 'toolCall',
        id: 'a',
        name: 'book_table',
        arguments: '{"name":"Jürgen \\"J\\" Wörner","partySize":2}',
      };
      yield { type: 'toolCall', id: 'b', name: 'look_up_booking', arguments: '' };
    });
    const parts: ReplyPart[] = [];
    const request = { history: [{ role: 'user', text: WORDS }], toolsAllowed: true } as const;
    for await (const part of model.stream(request, new AbortController().signal)) {
      parts.push(part);
      // The rest is not even written before the beginning was read.
      if (textOf(parts) === 'Grüß Gott, ') heard.resolve();
    }
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

  it('is complete with its finish; the usage comes behind it, when nobody listens any more', async () => {
    const usage = deferred<TokenUsage>();
    const response = deferred<ServerResponse>();
    const baseUrl = await serverAnswering((answering) => {
      answering.write(eventOf(choice({ content: 'Good evening.' })) + eventOf(choice({}, 'stop')));
      response.resolve(answering);
    });
    const { model } = await start(GOOD_EVENING, { baseUrl, onUsage: usage.resolve });
    const controller = new AbortController();
    for await (const part of model.stream({ history: [], toolsAllowed: true }, controller.signal))
      if (part.type === 'finish') controller.abort();
    const answering = await response.promise;
    answering.end(eventOf({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 } }));
    expect(await usage.promise).toEqual({ prompt: 7, cached: 0, completion: 4, reasoning: 0 });
  });

  it('needs no end of the body', async () => {
    const { model, emulator } = await start();
    emulator.inject('open end');
    expect((await partsOf(model)).at(-1)).toEqual({ type: 'finish', reason: 'stop' });
  });
});

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

describe('other servers', () => {
  const serverSending = (...events: readonly unknown[]): Promise<string> =>
    serverAnswering((response) => response.end(`: keep-alive\n\n${events.map(eventOf).join('')}`));

  it('may think aloud; the caller does not hear it', async () => {
    const pieces = ['<thi', 'nk>They want breakfast.</th', 'ink>From ', 'seven', ' <'];
    const baseUrl = await serverSending(...pieces.map((content) => choice({ content })), choice({}, 'stop'));
    const { model } = await start(GOOD_EVENING, { baseUrl, model: 'qwen3:8b' });
    const parts = await partsOf(model);
    expect([textOf(parts), parts.at(-1)]).toEqual(['From seven <', { type: 'finish', reason: 'stop' }]);
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
