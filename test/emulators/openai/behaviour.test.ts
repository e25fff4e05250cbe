import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import OpenAI from 'openai';
import type { Answer } from '../../../emulators/openai/answer.ts';
import type { OpenAiEmulatorOptions } from '../../../emulators/openai/emulator-options.ts';
import type { Fault } from '../../../emulators/openai/faults.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../../emulators/openai/server.ts';
import type { Clock } from '../../../emulators/twilio/clock.ts';

let emulator: OpenAiEmulator;

afterEach(() => emulator.close());

async function start(options: Partial<OpenAiEmulatorOptions> = {}): Promise<OpenAI> {
  emulator = await createOpenAiEmulator({ answer: () => [{ type: 'text', text: 'Good evening.' }], ...options });
  return new OpenAI({ apiKey: 'any', baseURL: emulator.baseUrl, maxRetries: 0, logLevel: 'off' });
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function textOf(client: OpenAI, signal?: AbortSignal): Promise<string> {
  const stream = await client.chat.completions.create(
    { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: 'hello' }], stream: true },
    { signal },
  );
  let text = '';
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

describe('with the real SDK', () => {
  it('answers, and notes what came over which connection', async () => {
    const client = await start();
    expect(await textOf(client)).toBe('Good evening.');
    expect((await client.models.list()).data.map(({ id }) => id)).toContain('gpt-5.6-luna');
    const [first, second] = emulator.requests;
    expect(first).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      connection: 0,
      headers: { authorization: 'Bearer any', 'x-stainless-retry-count': '0' },
      body: { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: 'hello' }], stream: true },
    });
    expect(await first?.settled).toMatchObject({ type: 'completed', status: 200 });
    expect(second).toMatchObject({ method: 'GET', path: '/v1/models' });
  });

  it('notes that the client went away, and tells the model', async () => {
    const { promise: modelSignal, resolve: started } = deferred<AbortSignal>();
    const client = await start({
      async *answer(_request, signal) {
        started(signal);
        yield { type: 'text', text: 'One' };
        yield { type: 'text', text: 'never said', afterMs: 600_000 };
      },
    });
    const controller = new AbortController();
    const text = textOf(client, controller.signal).catch(() => undefined);
    const signal = await modelSignal;
    const modelStopped = once(signal, 'abort');
    controller.abort();
    await text;
    const seen = await emulator.request(0);
    expect(await seen.settled).toMatchObject({ type: 'broken' });
    await modelStopped;
  });

  it.each<[Fault, string]>([
    ['disconnect', 'Connection error.'],
    [
      'unauthorized',
      '401 Incorrect API key provided: ********. You can find your API key at https://platform.openai.com/account/api-keys.',
    ],
    ['rate limit', '429 Rate limit reached for requests. Please try again in 7s.'],
    ['quota', '429 You exceeded your current quota, please check your plan and billing details.'],
    ['server error', '500 The server had an error while processing your request. Sorry about that!'],
    ['bad gateway', '503 <html><body>Service Unavailable</body></html>'],
    ['disconnect mid-stream', 'terminated'],
    ['error in stream', 'The server had an error while processing your request. Sorry about that!'],
  ])('fails with "%s", once', async (fault, message) => {
    const client = await start({ retryAfterSeconds: 7 });
    emulator.inject(fault);
    await expect(textOf(client)).rejects.toThrow(message);
    expect(await textOf(client)).toBe('Good evening.');
  });

  it('"malformed JSON" and "no finish" are what a client has to notice itself', async () => {
    const client = await start();
    emulator.inject('malformed JSON', 'no finish');
    await expect(textOf(client)).rejects.toMatchObject({ name: 'SyntaxError' });
    expect(await textOf(client)).toBe('Good evening.');
  });

  it.each<Fault>(['hang', 'stall', 'open end'])('"%s" lasts until the client leaves', async (fault) => {
    const client = await start();
    emulator.inject(fault);
    const controller = new AbortController();
    const text = textOf(client, controller.signal).catch(() => 'aborted');
    const seen = await emulator.request(0);
    expect(seen.outcome).toBeUndefined();
    controller.abort();
    await text;
    expect(await seen.settled).toMatchObject({ type: 'broken' });
  });
});

describe('latency', () => {
  it('is waited on the given clock', async () => {
    const waits: number[] = [];
    const clock: Clock = {
      now: () => waits.reduce((sum, ms) => sum + ms, 0),
      setTimeout(callback, delayMs) {
        waits.push(delayMs);
        return setImmediate(callback);
      },
      clearTimeout: () => {},
    };
    const answer: Answer = () => [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b', afterMs: 50 },
    ];
    const latency = { headers: 100, firstToken: 400, gap: 20 };
    const client = await start({ clock, latency, slowFirstTokenMs: 6000, answer });
    emulator.inject('slow first token');
    expect(await textOf(client)).toBe('ab');
    expect(waits).toEqual([100, 6400, 20, 70]);
    const seen = await emulator.request(0);
    expect(await seen.settled).toEqual({ type: 'completed', status: 200, atMs: 6590 });
  });
});
