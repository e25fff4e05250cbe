import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadProfile } from '../../agents/load-profile.ts';
import type { LanguageModel, Message, ReplyPart, ReplyRequest } from '../../machines/call/ports.ts';
import { toolDefinitionsOf } from '../../services/tools/tool-definitions.ts';

/** A language model that is ready for the suite. It speaks for the Hotel Continental. */
export interface LanguageModelSubject {
  readonly model: LanguageModel;
  close(): Promise<void>;
}

const user = (text: string): Message => ({ role: 'user', text });
const agent = (text: string): Message => ({ role: 'assistant', text });

const GREETING = agent('Welcome to the Hotel Continental. How can I help you?');
/** The caller has just agreed to everything: the next thing to do is to book. */
const AGREED: readonly Message[] = [
  GREETING,
  user('I would like to book a table for two tomorrow at seven in the evening under the name Miller'),
  agent('So that is a table for two people tomorrow at seven in the evening, under the name Miller. Shall I book it?'),
  user('yes please'),
];
const BOOKED = JSON.stringify({
  ok: true,
  booking: {
    reference: 'K47',
    task: 'bookTable',
    status: 'booked',
    details: { date: '2026-11-21', time: '19:00', partySize: 2, name: 'Miller' },
  },
});

/** Histories as calls really leave them behind. Each must be answered. */
const HISTORIES: readonly (readonly [string, readonly Message[]])[] = [
  ['the caller speaks first', [user('When is breakfast?')]],
  ['speech that was not understood', [GREETING, user('[unintelligible]')]],
  [
    'an answer that was cut off',
    [
      GREETING,
      user('When is breakfast?'),
      { role: 'assistant', text: 'Breakfast is served', interrupted: true },
      user('And dinner?'),
    ],
  ],
  ['two turns of the agent', [GREETING, agent('Are you still there?'), user('Yes. When is breakfast?')]],
  [
    'words before a call of the same round',
    [
      ...AGREED,
      agent('One moment.'),
      { role: 'toolCall', id: 'call_1', name: 'book_table', arguments: '{}' },
      { role: 'toolResult', id: 'call_1', result: BOOKED },
    ],
  ],
  [
    'two calls, one of which timed out',
    [
      ...AGREED,
      { role: 'toolCall', id: 'call_1', name: 'book_table', arguments: '{}' },
      { role: 'toolResult', id: 'call_1', result: '{"error":"the tool did not answer in time"}' },
      { role: 'toolCall', id: 'call_2', name: 'book_table', arguments: '{}' },
      { role: 'toolResult', id: 'call_2', result: BOOKED },
    ],
  ],
  [
    'a call that was interrupted before its answer',
    [
      ...AGREED,
      { role: 'toolCall', id: 'call_1', name: 'book_table', arguments: '{}' },
      { role: 'toolResult', id: 'call_1', result: '{"error":"interrupted"}' },
      user('Wait. When is breakfast?'),
    ],
  ],
];

/**
 * What any language model of a call promises: runs the port through its paces with requests as calls make them.
 *
 * Says nothing about the words, so that it fits rules, a scripted server and a live vendor alike.
 *
 * @param open makes the model; called once
 */
export function describeLanguageModel(name: string, open: () => Promise<LanguageModelSubject>): void {
  describe(`the language model: ${name}`, () => {
    let subject: LanguageModelSubject;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject.close());

    const partsOf = async (request: ReplyRequest, controller = new AbortController()): Promise<ReplyPart[]> => {
      const parts: ReplyPart[] = [];
      for await (const part of subject.model.stream(request, controller.signal)) parts.push(part);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
      return parts;
    };
    const textOf = (parts: readonly ReplyPart[]): string =>
      parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
    const ofType = (parts: readonly ReplyPart[], type: ReplyPart['type']) => parts.filter((part) => part.type === type);

    it('streams words in several pieces, then one finish', async () => {
      const parts = await partsOf({ history: [GREETING, user('When is breakfast?')], toolsAllowed: false });
      expect(ofType(parts, 'text').length).toBeGreaterThan(1);
      expect(ofType(parts, 'text').every((part) => part.type === 'text' && part.text !== '')).toBe(true);
      expect(textOf(parts)).toMatch(/breakfast/i);
      expect(ofType(parts, 'finish')).toEqual([expect.objectContaining({ reason: 'stop' })]);
      expect(parts.at(-1)?.type).toBe('finish');
    });

    it('calls a tool that exists, with a JSON object, and says so in its finish', async () => {
      const parts = await partsOf({ history: AGREED, toolsAllowed: true });
      const known = toolDefinitionsOf(loadProfile('continental')).map((tool) => tool.name);
      const [called, ...others] = ofType(parts, 'toolCall');
      if (called?.type !== 'toolCall') throw new Error(`no tool was called: ${textOf(parts)}`);
      expect(known).toContain(called.name);
      expect(called.name).toBe('book_table');
      expect(called.id).not.toBe('');
      expect(JSON.parse(called.arguments)).toMatchObject({ time: '19:00', partySize: 2, name: 'Miller' });
      expect(others).toEqual([]);
      expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'toolCalls' });
    });

    it('answers in words alone when tools are off', async () => {
      const parts = await partsOf({ history: AGREED, toolsAllowed: false });
      expect(ofType(parts, 'toolCall')).toEqual([]);
      expect(textOf(parts).trim()).not.toBe('');
      expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
    });

    it.each(HISTORIES)('accepts a history with %s', async (_what, history) => {
      const parts = await partsOf({ history, toolsAllowed: true });
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.at(-1)?.type).toBe('finish');
    });

    it('says nothing when it was aborted before', async () => {
      const controller = new AbortController();
      controller.abort();
      expect(
        await partsOf({ history: [GREETING, user('When is breakfast?')], toolsAllowed: true }, controller),
      ).toEqual([]);
    });

    it('falls silent, without an error, when it is aborted in the middle', async () => {
      const controller = new AbortController();
      const heard: ReplyPart[] = [];
      const request = { history: [GREETING, user('When is breakfast?')], toolsAllowed: false };
      for await (const part of subject.model.stream(request, controller.signal)) {
        heard.push(part);
        controller.abort();
      }
      expect(heard.map(({ type }) => type)).toEqual(['text']);
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    });

    it('serves several calls at once', async () => {
      const requests = [
        { history: [GREETING, user('When is breakfast?')], toolsAllowed: false },
        { history: AGREED, toolsAllowed: true },
        { history: [GREETING, user('Where can I park my car?')], toolsAllowed: false },
      ];
      const [breakfast = [], booking = [], parking = []] = await Promise.all(requests.map((one) => partsOf(one)));
      expect(textOf(breakfast)).toMatch(/breakfast/i);
      expect(ofType(booking, 'toolCall').length).toBe(1);
      expect(textOf(parking)).toMatch(/park|garage|car/i);
    });
  });
}
