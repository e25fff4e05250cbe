import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadProfile } from '../../../../agents/load-profile.ts';
import type { Answer } from '../../../../emulators/openai/answer.ts';
import type { OpenAiEmulatorOptions } from '../../../../emulators/openai/emulator-options.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../../../emulators/openai/server.ts';
import type { LanguageModel, Message, ReplyPart } from '../../../../machines/call/ports.ts';
import {
  createOpenAiLanguageModel,
  type OpenAiLanguageModel,
  type OpenAiLanguageModelOptions,
} from '../../../../services/language-model/openai/openai-language-model.ts';
import { PRESETS } from '../../../../services/language-model/openai/presets.ts';

export const profile = loadProfile('continental');
export const KEY = 'sk-secret-of-the-house';
export const WORDS = 'my name is Miller';
export const GOOD_EVENING: Answer = () => [{ type: 'text', text: 'Good evening.' }];

const closing: (() => Promise<void> | void)[] = [];

/** Ends what the test has started, newest first; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
}

export async function start(
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
    () => emulator.close(),
    () => languageModel.close(),
  );
  return { model: languageModel, emulator };
}

export async function partsOf(
  model: LanguageModel,
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

export const textOf = (parts: readonly ReplyPart[]): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

export function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** A server with manners of its own. @returns its base URL */
export async function serverAnswering(answer: (response: ServerResponse) => void, status = 200): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response.writeHead(status, { 'content-type': 'text/event-stream' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const eventOf = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
export const choice = (delta: unknown, finish: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
});
