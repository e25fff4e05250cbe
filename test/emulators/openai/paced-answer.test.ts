import { expect, it } from '@jest/globals';
import type { AnswerPart } from '../../../emulators/openai/answer.ts';
import type { ChatRequest } from '../../../emulators/openai/chat-request.ts';
import { paced } from '../../../emulators/openai/paced-answer.ts';

const REQUEST: ChatRequest = { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: 'Hello.' }] };

it('a beginning comes at once, the rest at its pace; what is no text does not wait', async () => {
  const answer = paced(
    () => [
      { type: 'text', text: 'Good evening. ' },
      { type: 'text', text: 'How can ' },
      { type: 'text', text: 'I help?', afterMs: 5 },
      { type: 'toolCall', name: 'end_call', arguments: '{}' },
    ],
    { atOnce: 16, msPerCharacter: 10 },
  );
  const parts: AnswerPart[] = [];
  for await (const part of answer(REQUEST, new AbortController().signal)) parts.push(part);
  expect(parts).toEqual([
    { type: 'text', text: 'Good evening. ', afterMs: 0 },
    { type: 'text', text: 'How can ', afterMs: 60 },
    { type: 'text', text: 'I help?', afterMs: 75 },
    { type: 'toolCall', name: 'end_call', arguments: '{}' },
  ]);
});
