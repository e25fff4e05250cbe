import type { Request, Response } from 'express';
import { monotonicClock, sleep } from '../twilio/clock.ts';
import { type ChatRequest, parseChatRequest } from './chat-request.ts';
import { chunkStream } from './chunk-stream.ts';
import { type CompletionHead, plainCompletion } from './completion.ts';
import { conversationProblem } from './conversation-rules.ts';
import type { OpenAiEmulatorOptions } from './emulator-options.ts';
import { type ApiError, sendError, unknownModel } from './errors.ts';
import type { Spoiler } from './faults.ts';
import { drawDelay, LATENCIES } from './latency.ts';
import { MODELS, modelProblem } from './model-rules.ts';
import { runModel } from './model-run.ts';
import { seededRandom } from './seeded-random.ts';
import { spoiledStream } from './spoiled-stream.ts';

/** Answers one request for a completion, with a fault in the stream if there is one. Resolves when it is answered. */
export type ChatRoute = (request: Request, response: Response, fault: Spoiler | undefined) => Promise<void>;

export function createChatRoute({
  answer,
  latency = LATENCIES.none,
  seed = 1,
  slowFirstTokenMs = 6000,
  clock = monotonicClock,
}: OpenAiEmulatorOptions): ChatRoute {
  const random = seededRandom(seed);
  let completions = 0;
  let toolCalls = 0;

  return async ({ body }, response, fault) => {
    const chat = checked(body);
    if ('status' in chat) return sendError(response, chat);
    const gone = new AbortController();
    const closed = new Promise<void>((resolve) => response.once('close', resolve)).then(() => gone.abort());
    const wait = async (ms: number): Promise<void> => {
      if (ms > 0) await sleep(clock, ms, gone.signal);
    };
    completions += 1;
    const head: CompletionHead = {
      id: `chatcmpl-${completions}`,
      created: Math.floor(Date.now() / 1000),
      model: chat.model,
    };
    const newCallId = (): string => {
      toolCalls += 1;
      return `call_${toolCalls}`;
    };
    const steps = runModel(answer, chat, newCallId, gone.signal);
    await wait(drawDelay(latency.headers, random));
    if (gone.signal.aborted) return;
    if (!chat.stream) return void response.json(await plainCompletion(head, chat, steps));

    response.set({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
    response.flushHeaders();
    const context = { response, slowFirstTokenMs, closed };
    for await (const { kind, data, afterMs } of spoiledStream(chunkStream(head, chat, steps, random), fault, context)) {
      if (kind === 'role') await wait(afterMs + drawDelay(latency.firstToken, random));
      if (kind === 'piece') await wait(afterMs + drawDelay(latency.gap, random));
      if (kind === 'finish') await wait(afterMs);
      if (gone.signal.aborted) return;
      response.write(`data: ${data}\n\n`);
    }
    if (!response.destroyed && response.socket?.writable) response.end();
  };
}

/** The request, or the first thing that the vendor would refuse about it. */
function checked(body: unknown): ChatRequest | ApiError {
  const request = parseChatRequest(body);
  if ('status' in request) return request;
  const rules = MODELS[request.model];
  if (rules === undefined) return unknownModel(request.model);
  return modelProblem(request, rules) ?? conversationProblem(request.messages) ?? request;
}
