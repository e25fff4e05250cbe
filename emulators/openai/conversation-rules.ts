import type { ChatMessage } from './chat-request.ts';
import { type ApiError, badRequest } from './errors.ts';

/**
 * Checks what a conversation must obey: an assistant message with tool calls is followed by one `tool` message for each of
 * them before anybody else speaks, and no `tool` message stands anywhere else. An assistant message says or calls something.
 *
 * @returns the vendor's refusal, or undefined
 */
export function conversationProblem(messages: readonly ChatMessage[]): ApiError | undefined {
  const open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id)) return strayResult(index);
      continue;
    }
    if (open.size > 0) return unanswered(index, open);
    if (message.role !== 'assistant') continue;
    if (message.content == null && message.tool_calls === undefined && message.refusal == null) return silent(index);
    for (const { id } of message.tool_calls ?? []) {
      if (open.has(id))
        return badRequest(`Duplicate tool call id '${id}'.`, `messages.[${index}].tool_calls`, 'invalid_value');
      open.add(id);
    }
  }
  return open.size > 0 ? unanswered(messages.length - 1, open) : undefined;
}

const strayResult = (index: number): ApiError =>
  badRequest(
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    `messages.[${index}].role`,
  );

const unanswered = (index: number, ids: ReadonlySet<string>): ApiError =>
  badRequest(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...ids].join(', ')}`,
    `messages.[${index}].role`,
  );

const silent = (index: number): ApiError =>
  badRequest(
    "Invalid value for 'content': expected a string, got null.",
    `messages.[${index}].content`,
    'invalid_value',
  );
