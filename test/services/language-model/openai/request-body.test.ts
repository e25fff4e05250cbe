import { describe, expect, it } from '@jest/globals';
import { requestBodies } from '../../../../services/language-model/openai/request-body.ts';

const TOOLS = [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object' } } }] as const;
const bodyOf = requestBodies({ model: 'a "model"', stream: true }, TOOLS);
const QUESTION = { role: 'user', content: 'Grüß "Gott"\n' } as const;

describe('the body of a request', () => {
  it('is one JSON object with the prompt in front of the conversation', () => {
    const body = bodyOf({ prompt: 'You — "the" agent\n', messages: [QUESTION], toolsAllowed: true });
    expect(JSON.parse(body)).toEqual({
      model: 'a "model"',
      stream: true,
      tools: TOOLS,
      messages: [{ role: 'system', content: 'You — "the" agent\n' }, QUESTION],
    });
  });

  it('has no tools where they are not allowed, and needs no conversation', () => {
    expect(JSON.parse(bodyOf({ prompt: 'One.', messages: [], toolsAllowed: false }))).toEqual({
      model: 'a "model"',
      stream: true,
      messages: [{ role: 'system', content: 'One.' }],
    });
  });

  it('holds the prompt of this request, not of the one before', () => {
    const prompts = ['One.', 'Two.', 'Two.', 'One.'].map(
      (prompt) => JSON.parse(bodyOf({ prompt, messages: [], toolsAllowed: false })).messages[0].content,
    );
    expect(prompts).toEqual(['One.', 'Two.', 'Two.', 'One.']);
  });
});
