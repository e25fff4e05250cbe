import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../../../emulators/openai/faults.ts';
import { ServiceError } from '../../../../services/errors.ts';
import type { OpenAiLanguageModel } from '../../../../services/language-model/openai/openai-language-model.ts';
import { closeAll, deferred, GOOD_EVENING, partsOf, serverAnswering, start, textOf } from './wired-model.ts';

afterEach(closeAll);

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
    const { model, emulator } = await start(GOOD_EVENING, { timeoutMs: fault === 'hang' ? 500 : 5000 });
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

  it('is an answer that is no HTTP', async () => {
    const strange = await serverAnswering((response) => response.end(), 999);
    const { model } = await start(GOOD_EVENING, { baseUrl: strange });
    expect(await failureOf(model)).toMatchObject({ code: 'network', message: 'no connection to openai' });
  });

  it('is the network, when nobody is there', async () => {
    const { model, emulator } = await start();
    await emulator.close();
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

  it('that an abort has ended is replaced at once, so that the next answer does not wait for a handshake', async () => {
    const { model, emulator } = await start();
    emulator.inject('stall');
    const controller = new AbortController();
    const parts = partsOf(model, { signal: controller.signal });
    await emulator.request(0);
    controller.abort();
    await parts;
    expect(await emulator.request(1)).toMatchObject({ method: 'GET', path: '/v1/models', connection: 1 });
  });

  it('of a call is its own: one whose answer is aborted takes none from another', async () => {
    const { model, emulator } = await start();
    const [over, other] = [new AbortController(), new AbortController()];
    const interrupted = model.forCall({ callSid: 'CA1', signal: over.signal });
    model.forCall({ callSid: 'CA2', signal: other.signal });
    await Promise.all([(await emulator.request(0)).settled, (await emulator.request(1)).settled]);
    emulator.inject('stall');
    const controller = new AbortController();
    const answer = partsOf(interrupted, { signal: controller.signal });
    await emulator.request(2);
    controller.abort();
    await answer;
    await emulator.request(3);
    const [first, second, aborted, replacement] = emulator.requests.map(({ connection }) => connection);
    expect(second).not.toBe(first);
    expect([first, second, aborted]).not.toContain(replacement);
    for (const call of [over, other]) call.abort();
  });

  it('of a call is closed when the call is over, and not replaced', async () => {
    const { model, emulator } = await start();
    const over = new AbortController();
    const call = model.forCall({ callSid: 'CA1', signal: over.signal });
    await (await emulator.request(0)).settled;
    emulator.inject('stall');
    const controller = new AbortController();
    const answer = partsOf(call, { signal: controller.signal });
    const asked = await emulator.request(1);
    controller.abort();
    over.abort();
    await answer;
    expect(await asked.settled).toMatchObject({ type: 'broken' });
    await partsOf(model);
    expect(emulator.requests.map(({ path }) => path)).toEqual([
      '/v1/models',
      '/v1/chat/completions',
      '/v1/chat/completions',
    ]);
  });

  it('of a call that waits for its next turn is closed when the call is over', async () => {
    const closed = deferred<void>();
    const asked = deferred<void>();
    const baseUrl = await serverAnswering((response) => {
      response.socket?.once('close', () => closed.resolve());
      response.end('{"data":[]}', () => asked.resolve());
    });
    const { model } = await start(GOOD_EVENING, { baseUrl });
    const over = new AbortController();
    model.forCall({ callSid: 'CA1', signal: over.signal });
    await asked.promise;
    over.abort();
    await closed.promise;
  });

  it('of a call that never came about is not even opened', async () => {
    const { model, emulator } = await start();
    const over = new AbortController();
    model.forCall({ callSid: 'CA1', signal: over.signal });
    over.abort();
    await partsOf(model);
    expect(emulator.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  });

  it('carries several answers at once without mixing them', async () => {
    const { model } = await start(({ messages }) => [{ type: 'text', text: `You said ${messages.at(-1)?.content}` }]);
    const said = await Promise.all(
      Array.from({ length: 8 }, (_, count) => partsOf(model, { history: [{ role: 'user', text: `word ${count}` }] })),
    );
    expect(said.map(textOf)).toEqual(Array.from({ length: 8 }, (_, count) => `You said word ${count}`));
  });
});
