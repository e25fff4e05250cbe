import type { Answer, FinishReason } from './answer.ts';
import type { ChatRequest } from './chat-request.ts';

/** What the model produced, step by step: the same for a stream and for a plain response. */
export type ModelStep =
  | { readonly type: 'text'; readonly text: string; readonly afterMs: number }
  | {
      readonly type: 'toolCall';
      readonly index: number;
      readonly id: string;
      readonly name: string;
      readonly arguments: string;
      readonly afterMs: number;
    }
  | {
      readonly type: 'finish';
      readonly reason: FinishReason;
      readonly completionTokens: number;
      readonly afterMs: number;
    };

/** Characters of a token, roughly. Usage is counted, not measured. */
const CHARACTERS_OF_TOKEN = 4;

export const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_OF_TOKEN);

/**
 * Runs the model on a request: numbers its tool calls, counts its tokens, stops at the length limit, and always finishes.
 *
 * @param newCallId names a tool call that has no id of its own
 */
export async function* runModel(
  answer: Answer,
  request: ChatRequest,
  newCallId: () => string,
  signal: AbortSignal,
): AsyncGenerator<ModelStep> {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  let completionTokens = 0;
  let calls = 0;
  for await (const { afterMs = 0, ...part } of answer(request, signal)) {
    if (part.type === 'finish') return yield { ...part, completionTokens, afterMs };
    const room = (limit - completionTokens) * CHARACTERS_OF_TOKEN;
    const written = part.type === 'text' ? part.text : part.arguments;
    const kept = written.slice(0, room);
    completionTokens += tokensOf(kept);
    if (part.type === 'text') yield { type: 'text', text: kept, afterMs };
    else {
      const { name, id = newCallId() } = part;
      yield { type: 'toolCall', index: calls, id, name, arguments: kept, afterMs };
      calls += 1;
    }
    if (kept.length < written.length) return yield { type: 'finish', reason: 'length', completionTokens, afterMs: 0 };
  }
  yield { type: 'finish', reason: calls > 0 ? 'tool_calls' : 'stop', completionTokens, afterMs: 0 };
}
