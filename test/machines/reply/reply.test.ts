import { afterEach, describe, expect, it } from '@jest/globals';
import { type Actor, type AnyActorLogic, type AnyEventObject, createActor, createMachine } from 'xstate';
import type { LanguageModel, ReplyPart, ReplyRequest, Toolbox } from '../../../machines/call/ports.ts';
import { draftActor } from '../../../machines/reply/actors/draft.ts';
import { toolActor } from '../../../machines/reply/actors/tool.ts';
import { replyMachine } from '../../../machines/reply/machine.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });

/** A model that plays the given rounds, one a request. `hang` waits for the abort. */
function modelOf(...rounds: (ReplyPart | 'hang' | Error)[][]) {
  const requests: ReplyRequest[] = [];
  let aborted = 0;
  const model: LanguageModel = {
    async *stream(request, signal) {
      requests.push(request);
      signal.addEventListener('abort', () => aborted++, { once: true });
      for (const part of rounds[requests.length - 1] ?? []) {
        if (part === 'hang') await never(signal);
        else if (part instanceof Error) throw part;
        else yield part;
      }
    },
  };
  return { model, requests, aborted: () => aborted };
}

const text = (words: string): ReplyPart => ({ type: 'text', text: words });
const stop: ReplyPart = { type: 'finish', reason: 'stop', expects: 'confirm' };
const tool = (name: string): ReplyPart => ({ type: 'toolCall', id: `id-${name}`, name, arguments: '{"for":2}' });
const useTools: ReplyPart = { type: 'finish', reason: 'toolCalls' };
const settle = () => new Promise(setImmediate);
const running: Actor<AnyActorLogic>[] = [];
afterEach(() => {
  for (const actor of running.splice(0)) actor.stop();
});

/** The reply chart under a parent that writes down what it is told. */
function replyTo(model: LanguageModel, toolbox: Toolbox = { run: async () => '{"reference":"K47"}' }) {
  const told: AnyEventObject[] = [];
  let started = 0;
  const clock = new VirtualClock();
  const parent = createMachine({
    invoke: {
      id: 'reply',
      src: replyMachine.provide({ actors: { draft: draftActor(() => model), tool: toolActor(() => toolbox) } }),
      input: {
        epoch: 7,
        history: [{ role: 'user', text: 'hello' }],
        emergencyPhrases: ['call an ambulance'],
        replyFirstToken: 4000,
        toolTimeout: 8000,
      },
    },
    on: { 'reply.started': { actions: () => started++ }, 'reply.*': { actions: ({ event }) => told.push(event) } },
  });
  const actor = createActor(parent, { clock });
  running.push(actor as unknown as Actor<AnyActorLogic>);
  actor.start();
  return { told, clock, actor, started: () => started };
}

describe('a reply', () => {
  it('tells each sentence as it is complete, and the end last', async () => {
    const { model } = modelOf([text('From sev'), text('en. Until'), text(' ten'), stop]);
    const { told, started } = replyTo(model);
    await settle();
    expect(started()).toBe(1);
    expect(told).toEqual([
      { type: 'reply.sentence', epoch: 7, index: 0, text: 'From seven.' },
      { type: 'reply.sentence', epoch: 7, index: 1, text: 'Until ten' },
      { type: 'reply.finished', epoch: 7, next: 'listen', expects: 'confirm' },
    ]);
  });

  it('runs tools, pairs each call with one result, and drafts again', async () => {
    const { model, requests } = modelOf([text('Let me see.'), tool('a'), tool('b'), useTools], [text('Done.'), stop]);
    const { told } = replyTo(model);
    await settle();
    expect(told.map(({ type }) => type)).toEqual([
      'reply.sentence',
      'reply.toolCalled',
      'reply.toolReturned',
      'reply.toolCalled',
      'reply.toolReturned',
      'reply.sentence',
      'reply.finished',
    ]);
    expect(requests[1]?.history.slice(1)).toEqual([
      { role: 'assistant', text: 'Let me see.' },
      { role: 'toolCall', id: 'id-a', name: 'a', arguments: '{"for":2}' },
      { role: 'toolResult', id: 'id-a', result: '{"reference":"K47"}' },
      { role: 'toolCall', id: 'id-b', name: 'b', arguments: '{"for":2}' },
      { role: 'toolResult', id: 'id-b', result: '{"reference":"K47"}' },
    ]);
  });

  it('switches tools off after three rounds', async () => {
    const round = [tool('a'), useTools];
    const { model, requests } = modelOf(round, round, round, [text('Enough.'), stop]);
    replyTo(model);
    await settle();
    expect(requests.map(({ toolsAllowed }) => toolsAllowed)).toEqual([true, true, true, false]);
  });

  it('runs no tool that a model asks for after that', async () => {
    const round = [tool('a'), useTools];
    const { model, requests } = modelOf(round, round, round, round, [text('Never asked for.'), stop]);
    const { told } = replyTo(model);
    await settle();
    expect(requests).toHaveLength(4);
    expect(told.filter(({ type }) => type === 'reply.toolCalled')).toHaveLength(3);
    expect(told.at(-1)).toEqual({ type: 'reply.finished', epoch: 7, next: 'listen' });
  });

  it.each([
    ['end_call', 'hangUp'],
    ['transfer_to_human', 'transfer'],
  ])('turns %s into what comes next, and never runs it', async (name, next) => {
    const { model } = modelOf([tool(name), useTools]);
    const ran: string[] = [];
    const { told } = replyTo(model, { run: async (call) => ran.push(call.name).toString() });
    await settle();
    expect(told).toEqual([{ type: 'reply.finished', epoch: 7, next }]);
    expect(ran).toEqual([]);
  });

  it('tells the model when a tool fails or does not answer in time', async () => {
    const failing = modelOf([tool('a'), useTools], [text('Sorry.'), stop]);
    replyTo(failing.model, {
      run: async () => {
        throw Object.assign(new Error('closed'), { code: 'unavailable', retryable: false });
      },
    });
    await settle();
    expect(failing.requests[1]?.history.at(-1)).toEqual({
      role: 'toolResult',
      id: 'id-a',
      result: '{"error":"closed"}',
    });

    const slow = modelOf([tool('a'), useTools], [text('Sorry.'), stop]);
    const { clock } = replyTo(slow.model, { run: (_, signal) => never(signal) });
    await settle();
    clock.advance(8000);
    await settle();
    expect(slow.requests[1]?.history.at(-1)).toEqual({
      role: 'toolResult',
      id: 'id-a',
      result: '{"error":"the tool did not answer in time"}',
    });
  });

  it('raises the alarm before the sentence that names an emergency, also across pieces', async () => {
    const { model } = modelOf([text('Stay calm. Please Call'), text(' an AMBULANCE, now. Bye. '), stop]);
    const { told } = replyTo(model);
    await settle();
    expect(told.slice(0, 3)).toEqual([
      { type: 'reply.sentence', epoch: 7, index: 0, text: 'Stay calm.' },
      { type: 'reply.emergency', epoch: 7, phrase: 'call an ambulance' },
      { type: 'reply.sentence', epoch: 7, index: 1, text: 'Please Call an AMBULANCE, now.' },
    ]);
  });

  it('raises the alarm also when a tool ran between the words', async () => {
    const { model } = modelOf([text('I will call'), tool('a'), useTools], [text('an ambulance now.'), stop]);
    const { told } = replyTo(model);
    await settle();
    expect(told.map(({ type }) => type)).toContain('reply.emergency');
  });

  it('fails when the model is silent for 4 s, also between pieces, and aborts the request', async () => {
    const { model, aborted } = modelOf([text('One. '), 'hang']);
    const { told, clock } = replyTo(model);
    clock.advance(3999);
    await settle();
    clock.advance(3999);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([
      {
        type: 'reply.failed',
        epoch: 7,
        failure: { code: 'timeout', message: 'nothing from the model within replyFirstToken', retryable: true },
      },
    ]);
    expect(aborted()).toBe(1);
  });

  it('reports a failure of the service as data, and never the words of an unexpected error', async () => {
    const known = replyTo(modelOf([Object.assign(new Error('wrong key'), { code: 'auth', retryable: false })]).model);
    const bug = replyTo(modelOf([new TypeError('cannot read "my card number is four"')]).model);
    const cut = replyTo(modelOf([text('Half a')]).model);
    await settle();
    expect([known, bug, cut].map(({ told }) => (told[0] as unknown as { failure: unknown }).failure)).toEqual([
      { code: 'auth', message: 'wrong key', retryable: false },
      { code: 'unavailable', message: 'unexpected TypeError', retryable: false },
      { code: 'protocol', message: 'the model stopped without a finish', retryable: true },
    ]);
  });

  it('aborts the request when its turn is over, and says nothing more', async () => {
    const { model, aborted } = modelOf([text('One. Two'), 'hang', text(' more. Words')]);
    const { told, actor } = replyTo(model);
    await settle();
    actor.stop();
    await settle();
    expect(aborted()).toBe(1);
    expect(told).toEqual([{ type: 'reply.sentence', epoch: 7, index: 0, text: 'One.' }]);
  });
});
