import type { ChatRequest } from './chat-request.ts';
import { type ModelStep, tokensOf } from './model-run.ts';

/** What stands in every chunk of a response, and in a plain one. */
export interface CompletionHead {
  /** `chatcmpl-…` */
  readonly id: string;
  /** Unix time (s). */
  readonly created: number;
  readonly model: string;
}

/** Tokens, counted from characters. Nothing is cached and nothing is thought. */
export function usageOf(request: ChatRequest, completionTokens: number) {
  const promptTokens = tokensOf(JSON.stringify([request.messages, request.tools]));
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** The body of a response that is not streamed. */
export async function plainCompletion(head: CompletionHead, request: ChatRequest, steps: AsyncIterable<ModelStep>) {
  let content = '';
  let finishReason = 'stop';
  let completionTokens = 0;
  const calls: unknown[] = [];
  for await (const step of steps) {
    if (step.type === 'text') content += step.text;
    if (step.type === 'toolCall')
      calls.push({ id: step.id, type: 'function', function: { name: step.name, arguments: step.arguments } });
    if (step.type === 'finish') ({ reason: finishReason, completionTokens } = step);
  }
  const message = {
    role: 'assistant',
    content: content === '' && calls.length > 0 ? null : content,
    ...(calls.length > 0 && { tool_calls: calls }),
    refusal: null,
    annotations: [],
  };
  return {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    usage: usageOf(request, completionTokens),
    service_tier: 'default',
  };
}
