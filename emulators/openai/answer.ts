import type { ChatRequest } from './chat-request.ts';

/** One piece of what the model says or does. `afterMs` is waited before it, on top of the latency profile. */
export type AnswerPart = { readonly afterMs?: number } & (
  | { readonly type: 'text'; readonly text: string }
  /** `arguments` is JSON text. Default id: `call_` and a number. */
  | { readonly type: 'toolCall'; readonly name: string; readonly arguments: string; readonly id?: string }
  /** Default: `tool_calls` behind tool calls, else `stop`. Nothing follows it. */
  | { readonly type: 'finish'; readonly reason: FinishReason }
);

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter';

/**
 * The model of the emulator: what it answers to a request. Called once per request, after the request was found valid.
 *
 * @param signal aborts when the client goes away
 * @example () => [{ type: 'text', text: 'Breakfast is from seven.' }]
 */
export type Answer = (request: ChatRequest, signal: AbortSignal) => Iterable<AnswerPart> | AsyncIterable<AnswerPart>;
