import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MODELS } from '../../../emulators/openai/model-rules.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../../emulators/openai/server.ts';
import { ENGINES } from '../../../server/engines.ts';
import { readSettings } from '../../../server/settings.ts';
import { PRESETS } from '../../../services/language-model/openai/presets.ts';
import { engineContext } from './engine-context.ts';

let emulator: OpenAiEmulator | undefined;

afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
});

const vendors = [
  { vendor: 'openai', prefix: 'OPENAI', model: 'gpt-5.6-luna' },
  { vendor: 'groq', prefix: 'GROQ', model: 'openai/gpt-oss-120b' },
] as const;

describe.each(vendors)('the engine $vendor', ({ vendor, prefix, model }) => {
  it('is the default as soon as its key is set', () => {
    expect(readSettings({ [`${prefix}_API_KEY`]: 'sk-right-key-0000' }).engines.LLM).toBe(vendor);
    expect(readSettings({ [`${prefix}_API_KEY`]: 'sk-right-key-0000', LLM: 'local' }).engines.LLM).toBe('local');
  });

  it('answers a call with its model; the connection is opened when the call begins', async () => {
    emulator = await createOpenAiEmulator({
      answer: () => [{ type: 'text', text: 'Yes.' }],
      apiKey: 'sk-right-key-0000',
    });
    const context = engineContext({
      [`${prefix}_API_KEY`]: 'sk-right-key-0000',
      [`${prefix}_BASE_URL`]: `${emulator.baseUrl}/`,
    });
    const engine = await ENGINES.LLM[vendor]?.open(context);
    const call = engine?.forCall({ callSid: 'CA00', signal: new AbortController().signal });
    await (await emulator.request(0)).settled;
    const request = { history: [{ role: 'user', text: 'hello' }], toolsAllowed: true } as const;
    let said = '';
    for await (const part of call?.languageModel.stream(request, new AbortController().signal) ?? [])
      if (part.type === 'text') said += part.text;
    expect(said).toBe('Yes.');
    expect(emulator.requests.map(({ path }) => path)).toEqual(['/v1/models', '/v1/chat/completions']);
    expect(emulator.requests[1]?.body).toMatchObject({ model });
    expect(emulator.requests[1]?.headers['x-client-request-id']).toBe('CA00.1');
    expect(await call?.toolbox.run({ name: 'look_up_booking', arguments: '{}' }, new AbortController().signal)).toBe(
      '{"ok":false,"problem":"nothing-booked","message":"Nothing has been booked in this call."}',
    );
    // What an answer cost comes behind its last word.
    let counted: readonly string[] = [];
    while (counted.length === 0) {
      await turn();
      counted = (await context.metrics.exposition()).split('\n').filter((line) => line.startsWith('callchart_tokens'));
    }
    expect(counted).toEqual([
      expect.stringMatching(`^callchart_tokens_total{engine="${vendor}",kind="prompt"} [1-9]`),
      `callchart_tokens_total{engine="${vendor}",kind="cached"} 0`,
      `callchart_tokens_total{engine="${vendor}",kind="completion"} 1`,
      `callchart_tokens_total{engine="${vendor}",kind="reasoning"} 0`,
    ]);
    await engine?.close();
  });

  it('needs no key for a server of one’s own, and takes the model that is asked for', async () => {
    emulator = await createOpenAiEmulator({ answer: () => [{ type: 'text', text: 'Yes.' }] });
    const context = engineContext({
      LLM: vendor,
      [`${prefix}_BASE_URL`]: emulator.baseUrl,
      [`${prefix}_MODEL`]: 'gpt-4.1-mini',
    });
    const engine = await ENGINES.LLM[vendor]?.open(context);
    const { languageModel } = engine?.forCall({ callSid: 'CA00', signal: new AbortController().signal }) ?? {};
    for await (const _ of languageModel?.stream({ history: [], toolsAllowed: true }, new AbortController().signal) ??
      []);
    expect(emulator.requests.map(({ body }) => (body as { model?: string } | undefined)?.model)).toContain(
      'gpt-4.1-mini',
    );
    await engine?.close();
  });

  it('says what is missing', () => {
    expect(() => readSettings({ LLM: vendor })).toThrow(
      `${prefix}_API_KEY: needed by LLM=${vendor}; set it, or ${prefix}_BASE_URL to a server that wants no key, or LLM=local`,
    );
  });
});

it('the models that answer by default are known to the emulator', () => {
  expect(Object.keys(MODELS)).toEqual(expect.arrayContaining(Object.values(PRESETS).map(({ model }) => model)));
});
