import type { LanguageModel, Message } from '../../machines/call/ports.ts';
import type { Answer, AnswerPart } from './answer.ts';
import { type ChatMessage, type ChatRequest, wordsOf } from './chat-request.ts';

/** How a client shows that its words were cut off: they end with a dash. */
const CUT_OFF = /\s*—$/;

/**
 * Lets another language model answer, for example one that needs no account: a whole conversation over the wire.
 *
 * @example createOpenAiEmulator({ answer: answerFrom(createLocalLanguageModel(profile, { today: () => new Date() })) })
 */
export function answerFrom(model: LanguageModel): Answer {
  return async function* answer(request, signal): AsyncGenerator<AnswerPart> {
    const { messages, tools, tool_choice: choice } = request;
    const toolsAllowed = tools !== undefined && choice !== 'none';
    for await (const part of model.stream({ history: historyOf(messages), toolsAllowed }, signal)) {
      if (part.type === 'text') yield part;
      if (part.type === 'toolCall') yield { type: 'toolCall', name: part.name, arguments: part.arguments };
      if (part.type === 'finish' && part.reason === 'length') yield { type: 'finish', reason: 'length' };
    }
  };
}

/** The conversation as it was before it became messages; instructions are left out. */
export function historyOf(messages: ChatRequest['messages']): Message[] {
  return messages.flatMap(entriesOf);
}

function entriesOf(message: ChatMessage): Message[] {
  const text = wordsOf(message);
  switch (message.role) {
    case 'system':
    case 'developer':
      return [];
    case 'user':
      return [{ role: 'user', text }];
    case 'tool':
      return [{ role: 'toolResult', id: message.tool_call_id, result: text }];
    case 'assistant': {
      const calls = (message.tool_calls ?? []).map(
        ({ id, function: called }): Message => ({
          role: 'toolCall',
          id,
          name: called.name,
          arguments: called.arguments,
        }),
      );
      return text === '' ? calls : [spoken(text), ...calls];
    }
  }
}

function spoken(text: string): Message {
  return CUT_OFF.test(text)
    ? { role: 'assistant', text: text.replace(CUT_OFF, ''), interrupted: true }
    : { role: 'assistant', text };
}
