import type OpenAI from 'openai';
import type { Message } from '../../../machines/call/ports.ts';
import { CUT_OFF } from './system-prompt.ts';

type ChatMessage = OpenAI.ChatCompletionMessageParam;
type ToolCall = Extract<Message, { role: 'toolCall' }>;

/** Told in place of a result that a history lacks: the API refuses a call without one. */
const NO_RESULT = JSON.stringify({ error: 'the result is not known' });

/**
 * A call's history as the messages of a chat completion.
 *
 * The API wants each tool call answered by exactly one `tool` message, directly behind the assistant message that holds the
 * call. So each call stands in an assistant message of its own, with its result right behind it, wherever in the history the
 * result is. Words that the assistant said directly before go into the same message: they are of the same round. Results
 * without a call, and second results, are left out.
 */
export function chatMessages(history: readonly Message[]): ChatMessage[] {
  const messages: ChatMessage[] = [];
  const used = new Set<Message>();
  history.forEach((message, index) => {
    switch (message.role) {
      case 'user':
        messages.push({ role: 'user', content: message.text });
        break;
      case 'assistant':
        messages.push({ role: 'assistant', content: message.interrupted ? message.text + CUT_OFF : message.text });
        break;
      case 'toolCall': {
        const result = history.find(
          (other, place) => place > index && other.role === 'toolResult' && other.id === message.id && !used.has(other),
        );
        if (result !== undefined) used.add(result);
        const content = result?.role === 'toolResult' ? result.result : NO_RESULT;
        messages.push(withCall(messages, message), { role: 'tool', tool_call_id: message.id, content });
        break;
      }
      case 'toolResult':
        break;
    }
  });
  return messages;
}

/** The assistant message of a call; takes the words before it off the list, if there are any. */
function withCall(messages: ChatMessage[], { id, name, arguments: text }: ToolCall): ChatMessage {
  const before = messages.at(-1);
  const said = before?.role === 'assistant' && before.tool_calls === undefined ? before.content : undefined;
  if (said !== undefined) messages.pop();
  return {
    role: 'assistant',
    content: said ?? null,
    tool_calls: [{ id, type: 'function', function: { name, arguments: text === '' ? '{}' : text } }],
  };
}
