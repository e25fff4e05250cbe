import { describe, expect, it } from '@jest/globals';
import type { Message } from '../../../../machines/call/ports.ts';
import { chatMessages } from '../../../../services/language-model/openai/chat-messages.ts';

const call = (id: string, text = '{"partySize":2}'): Message => ({
  role: 'toolCall',
  id,
  name: 'book_table',
  arguments: text,
});
const result = (id: string, text = `{"of":"${id}"}`): Message => ({ role: 'toolResult', id, result: text });
const called = (id: string, content: string | null = null, text = '{"partySize":2}') => ({
  role: 'assistant',
  content,
  tool_calls: [{ id, type: 'function', function: { name: 'book_table', arguments: text } }],
});
const answered = (id: string, content = `{"of":"${id}"}`) => ({ role: 'tool', tool_call_id: id, content });

describe('messages of a history', () => {
  it('are what was said; a turn that was cut off ends with a dash', () => {
    expect(
      chatMessages([
        { role: 'assistant', text: 'Welcome.' },
        { role: 'user', text: '[unintelligible]' },
        { role: 'assistant', text: 'Breakfast is from', interrupted: true },
        { role: 'user', text: 'And dinner?' },
      ]),
    ).toEqual([
      { role: 'assistant', content: 'Welcome.' },
      { role: 'user', content: '[unintelligible]' },
      { role: 'assistant', content: 'Breakfast is from —' },
      { role: 'user', content: 'And dinner?' },
    ]);
  });

  it('put a call, its result, and the words before it in one round', () => {
    expect(
      chatMessages([
        { role: 'user', text: 'Two tables.' },
        { role: 'assistant', text: 'One moment.' },
        call('a'),
        result('a'),
        call('b', ''),
        result('b'),
        { role: 'assistant', text: 'Both are booked.' },
      ]),
    ).toEqual([
      { role: 'user', content: 'Two tables.' },
      called('a', 'One moment.'),
      answered('a'),
      called('b', null, '{}'),
      answered('b'),
      { role: 'assistant', content: 'Both are booked.' },
    ]);
  });

  it('give each call exactly one result, right behind it', () => {
    const unknown = '{"error":"the result is not known"}';
    expect(
      chatMessages([
        result('early'),
        result('late', 'before its call'),
        call('late'),
        { role: 'user', text: 'Hello?' },
        result('late'),
        result('late', 'a second one'),
        call('never'),
        call('again'),
        result('again', 'first'),
        call('again'),
        result('again', 'second'),
        call('twin'),
        call('twin'),
        result('twin', 'one'),
        result('twin', 'other'),
      ]),
    ).toEqual([
      called('late'),
      answered('late'),
      { role: 'user', content: 'Hello?' },
      called('never'),
      answered('never', unknown),
      called('again'),
      answered('again', 'first'),
      called('again'),
      answered('again', 'second'),
      called('twin'),
      answered('twin', 'one'),
      called('twin'),
      answered('twin', 'other'),
    ]);
  });
});
