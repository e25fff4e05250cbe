import { describe, expect, it } from '@jest/globals';
import { loadProfile } from '../../../../agents/load-profile.ts';
import type { Message, ReplyPart } from '../../../../machines/call/ports.ts';
import { createLocalLanguageModel } from '../../../../services/language-model/local/local-language-model.ts';
import { Conversation, FRIDAY_MORNING } from './conversation.ts';

const model = createLocalLanguageModel(loadProfile('continental'), { today: () => FRIDAY_MORNING });

async function partsOf(history: readonly Message[], toolsAllowed = true): Promise<ReplyPart[]> {
  const parts: ReplyPart[] = [];
  for await (const part of model.stream({ history, toolsAllowed }, new AbortController().signal)) parts.push(part);
  return parts;
}

const READ_BACK =
  'So that is a table for two people tomorrow at seven in the evening, under the name Miller. Shall I book it?';

describe('the stream', () => {
  it('comes word by word and says what it expects to hear', async () => {
    expect(await partsOf([{ role: 'user', text: 'book a table' }])).toEqual([
      { type: 'text', text: 'With ' },
      { type: 'text', text: 'pleasure. ' },
      { type: 'text', text: 'For ' },
      { type: 'text', text: 'which ' },
      { type: 'text', text: 'day?' },
      { type: 'finish', reason: 'stop', expects: 'date' },
    ]);
  });

  it('is a tool call alone when a tool is needed', async () => {
    const history: Message[] = [
      { role: 'user', text: 'book a table for two tomorrow at seven under the name miller' },
      { role: 'assistant', text: READ_BACK },
      { role: 'user', text: 'yes' },
    ];
    expect(await partsOf(history)).toEqual([
      {
        type: 'toolCall',
        id: 'call_1',
        name: 'book_table',
        arguments: '{"date":"2026-11-21","time":"19:00","partySize":2,"name":"Miller"}',
      },
      { type: 'finish', reason: 'toolCalls', expects: 'confirm' },
    ]);
    const withoutTools = await partsOf(history, false);
    expect(withoutTools.map((part) => (part.type === 'text' ? part.text : '')).join('')).toBe(
      'I am sorry, I cannot do that at the moment. What else can I do for you?',
    );
  });

  it('falls silent when it is aborted', async () => {
    const controller = new AbortController();
    const heard: string[] = [];
    const request = { history: [{ role: 'user', text: 'who are you' }], toolsAllowed: true } as const;
    for await (const part of model.stream(request, controller.signal)) {
      if (part.type === 'text') heard.push(part.text);
      if (heard.length === 3) controller.abort();
    }
    expect(heard).toEqual(['I ', 'am ', 'the ']);
  });

  it('is the same for the same history', async () => {
    const history: Message[] = [{ role: 'user', text: 'thank you' }];
    expect(await partsOf(history)).toEqual(await partsOf(history));
  });
});

describe('a history that was cut', () => {
  it('does not book when the caller did not hear the read-back', async () => {
    const call = new Conversation();
    await call.say('book a table for two tomorrow at seven under the name miller');
    call.cutAt('So that is a');
    expect(await call.say('yes go ahead')).toBe(`Let me say that once more. ${READ_BACK}`);
    expect(call.toolbox.bookings).toEqual([]);
  });

  it('does not book when the caller heard nothing at all', async () => {
    const call = new Conversation();
    await call.say('book a table for two tomorrow at seven under the name miller');
    call.cutAt(undefined);
    expect(await call.say('yes')).toBe(`Let me say that once more. ${READ_BACK}`);
  });

  it('books when only the question after the read-back was cut off', async () => {
    const call = new Conversation();
    await call.say('book a table for two tomorrow at seven under the name miller');
    call.cutAt('So that is a table for two people tomorrow at seven in the evening, under the name Miller. Shall');
    expect(await call.say('yes go ahead')).toBe(
      'Your table is booked. The reference is L 8 9. Is there anything else I can do for you?',
    );
  });

  it('goes on from what the caller said before the cut', async () => {
    const call = new Conversation();
    await call.say('book a table');
    call.cutAt('With');
    expect(await call.say('tomorrow at eight')).toBe('For how many people?');
  });
});

describe('turns that were merged', () => {
  it('are one request', async () => {
    const call = new Conversation();
    expect(await call.say('i would like to book a table for two tomorrow at seven')).toBe('Under what name?');
    call.cutAt(undefined);
    call.history.pop();
    expect(await call.say('i would like to book a table for two tomorrow at seven for john smith')).toBe(
      'So that is a table for two people tomorrow at seven in the evening, under the name John Smith. Shall I book it?',
    );
  });

  it('may hold a wish and a question', async () => {
    expect(await new Conversation().say('a table for two tomorrow what time is breakfast')).toBe(
      'Breakfast is served from six thirty to ten thirty in the garden room. On weekends it goes on until eleven. ' +
        'At what time?',
    );
  });
});

describe('a tool that fails', () => {
  const upToResult = (result: string): Message[] => [
    { role: 'user', text: 'book a table for two tomorrow at seven under the name miller' },
    { role: 'assistant', text: READ_BACK },
    { role: 'user', text: 'yes' },
    { role: 'toolCall', id: 'a', name: 'book_table', arguments: '{}' },
    { role: 'toolResult', id: 'a', result },
  ];
  const answerTo = async (history: readonly Message[]): Promise<string> =>
    (await partsOf(history)).map((part) => (part.type === 'text' ? part.text : part.type)).join('');

  it('is tried again when the caller agrees', async () => {
    const history = upToResult('the tool took too long');
    expect(await answerTo(history)).toBe('I am sorry, that did not work just now. Shall I try again?finish');
    const again: Message[] = [
      ...history,
      { role: 'assistant', text: 'I am sorry, that did not work just now. Shall I try again?' },
      { role: 'user', text: 'yes' },
    ];
    expect(await partsOf(again)).toMatchObject([{ type: 'toolCall', id: 'call_2', name: 'book_table' }, {}]);
  });

  it('asks again for what was wrong', async () => {
    const result = JSON.stringify({
      ok: false,
      problem: 'closed',
      slot: 'time',
      message: 'We are closed at that time.',
    });
    expect(await answerTo(upToResult(result))).toBe('We are closed at that time. At what time?finish');
  });
});
