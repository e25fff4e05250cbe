import { describe, expect, it } from '@jest/globals';
import { type AnyEventObject, createActor, createMachine, fromCallback } from 'xstate';
import { CONTROL_TOOLS } from '../../../machines/reply/control-tools.ts';
import type { DraftEvent, ToolCall, ToolEvent } from '../../../machines/reply/events.ts';
import { replyMachine } from '../../../machines/reply/machine.ts';
import type { DraftInput } from '../../../machines/reply/setup.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const QUESTION = { role: 'user', text: 'When is breakfast?' } as const;
const FAILURE = { code: 'network', message: 'reset', retryable: true } as const;
const CALL = { id: 't1', name: 'look_up', arguments: '{}' } as const;
const OTHER_CALL = { id: 't2', name: 'book', arguments: '{}' } as const;
const END_CALL = { id: 't0', name: CONTROL_TOOLS.endCall, arguments: '{}' } as const;

/** The reply chart under a parent, on a virtual clock; its model and its tools say what the test says. */
function replyOnPaper({ speculative = false } = {}) {
  const clock = new VirtualClock();
  const told: AnyEventObject[] = [];
  const asked: DraftInput[] = [];
  const ran: ToolCall[] = [];
  let draft: ((event: DraftEvent) => void) | undefined;
  let tool: ((event: ToolEvent) => void) | undefined;
  const machine = replyMachine.provide({
    actors: {
      draft: fromCallback<{ type: 'none' }, DraftInput>(({ input, sendBack }) => {
        asked.push(input);
        draft = sendBack;
        return () => {
          draft = undefined;
        };
      }),
      tool: fromCallback<{ type: 'none' }, ToolCall>(({ input, sendBack }) => {
        ran.push(input);
        tool = sendBack;
        return () => {
          tool = undefined;
        };
      }),
    },
  });
  const parent = createMachine({
    invoke: {
      id: 'reply',
      src: machine,
      input: {
        epoch: 7,
        history: [QUESTION],
        speculative,
        emergencyPhrases: ['call an ambulance'],
        replyFirstToken: 4000,
        toolTimeout: 8000,
      },
    },
    on: { 'reply.*': { actions: ({ event }) => told.push(event) } },
  });
  const actor = createActor(parent, { clock }).start();
  const send = (event: object): void => actor.getSnapshot().children.reply?.send(event as never);
  return {
    clock,
    asked,
    ran,
    told: () => told.splice(0),
    alive: () => [...(draft ? ['draft'] : []), ...(tool ? ['tool'] : [])],
    writes: (text: string) => draft?.({ type: 'draft.text', text }),
    asksFor: (call: ToolCall) => draft?.({ type: 'draft.toolCall', call }),
    ends: () => draft?.({ type: 'draft.finished' }),
    returns: (result: string) => tool?.({ type: 'tool.returned', result }),
    confirm: () => send({ type: 'reply.confirm' }),
    fails: () => draft?.({ type: 'draft.failed', failure: FAILURE }),
    breaks: (child: 'draft' | 'tool') =>
      send({ type: `xstate.error.actor.${child}`, actorId: child, error: new Error(`${child} broke`) }),
  };
}

const sentence = (index: number, text: string) => ({ type: 'reply.sentence', epoch: 7, index, text });
const STARTED = { type: 'reply.started', epoch: 7 };
const FINISHED = { type: 'reply.finished', epoch: 7, next: 'listen' };
const EMERGENCY = { type: 'reply.emergency', epoch: 7, phrase: 'call an ambulance' };
const called = (call: ToolCall) => ({ type: 'reply.toolCalled', epoch: 7, ...call });
const returned = (id: string, result: string) => ({ type: 'reply.toolReturned', epoch: 7, id, result });

describe('a reply to a guess', () => {
  it('tells its sentences, and keeps its end until the turn has ended', () => {
    const reply = replyOnPaper({ speculative: true });
    reply.writes('From seven.');
    reply.writes(' Until ten');
    reply.ends();
    expect(reply.told()).toEqual([STARTED, sentence(0, 'From seven.'), sentence(1, 'Until ten')]);
    expect([reply.alive(), reply.clock.pending]).toEqual([[], 0]);
    reply.confirm();
    reply.confirm();
    expect(reply.told()).toEqual([FINISHED]);
  });

  it('runs no tool before the turn has ended', () => {
    const reply = replyOnPaper({ speculative: true });
    reply.writes('Let me see.');
    reply.asksFor(CALL);
    reply.ends();
    expect([reply.told(), reply.ran]).toEqual([[STARTED, sentence(0, 'Let me see.')], []]);
    reply.confirm();
    expect([reply.told(), reply.ran]).toEqual([[called(CALL)], [CALL]]);
  });

  it('is like any other once the turn has ended', () => {
    const reply = replyOnPaper({ speculative: true });
    reply.writes('One');
    reply.confirm();
    reply.writes(' moment. Please call an ambulance.');
    reply.asksFor(CALL);
    reply.ends();
    expect(reply.told()).toEqual([
      STARTED,
      EMERGENCY,
      sentence(0, 'One moment.'),
      sentence(1, 'Please call an ambulance.'),
      called(CALL),
    ]);
  });

  it('raises the alarm when the turn has ended, and once', () => {
    const reply = replyOnPaper({ speculative: true });
    reply.writes('Please call an ambulance. ');
    reply.writes('I say, call an ambulance. ');
    expect(reply.told()).toEqual([STARTED, sentence(0, 'Please call an ambulance.')]);
    reply.confirm();
    reply.confirm();
    expect(reply.told()).toEqual([EMERGENCY]);
    reply.writes('Now call an ambulance. ');
    expect(reply.told()).toEqual([sentence(1, 'I say, call an ambulance.')]);
  });
});

describe('a reply', () => {
  it('ends at once without a guess', () => {
    const reply = replyOnPaper();
    reply.writes('From seven.');
    reply.ends();
    expect(reply.told()).toEqual([STARTED, sentence(0, 'From seven.'), FINISHED]);
    expect([reply.alive(), reply.clock.pending]).toEqual([[], 0]);
  });

  it('raises the alarm once', () => {
    const reply = replyOnPaper();
    reply.writes('Please call an ambulance. ');
    reply.writes('I say, call an ambulance. ');
    expect(reply.told().filter(({ type }) => type === 'reply.emergency')).toEqual([EMERGENCY]);
  });

  it.each<[string, (reply: ReturnType<typeof replyOnPaper>) => void]>([
    ['words', (reply) => reply.writes('From')],
    ['a tool', (reply) => reply.asksFor(CALL)],
    ['what comes next', (reply) => reply.asksFor(END_CALL)],
  ])('gives the model 4 s anew after %s', (_, happens) => {
    const reply = replyOnPaper();
    reply.clock.advance(3999);
    happens(reply);
    reply.clock.advance(3999);
    expect(reply.alive()).toEqual(['draft']);
    reply.told();
    reply.clock.advance(1);
    expect(reply.told()).toEqual([
      {
        type: 'reply.failed',
        epoch: 7,
        failure: { code: 'timeout', message: 'nothing from the model within replyFirstToken', retryable: true },
      },
    ]);
    expect([reply.alive(), reply.clock.pending]).toEqual([[], 0]);
  });

  it('is over when its model fails', () => {
    const reply = replyOnPaper();
    reply.writes('From');
    reply.fails();
    expect(reply.told()).toEqual([STARTED, { type: 'reply.failed', epoch: 7, failure: FAILURE }]);
    expect([reply.alive(), reply.clock.pending]).toEqual([[], 0]);
  });

  it('fails when its model breaks', () => {
    const reply = replyOnPaper();
    reply.breaks('draft');
    expect(reply.told()).toEqual([
      {
        type: 'reply.failed',
        epoch: 7,
        failure: { code: 'unavailable', message: 'the draft crashed', retryable: false },
      },
    ]);
    expect([reply.alive(), reply.clock.pending]).toEqual([[], 0]);
  });

  it('knows what comes next, and says it at its end', () => {
    const reply = replyOnPaper();
    reply.asksFor(END_CALL);
    reply.writes('Goodbye.');
    reply.ends();
    expect(reply.told()).toEqual([
      STARTED,
      sentence(0, 'Goodbye.'),
      { type: 'reply.finished', epoch: 7, next: 'hangUp' },
    ]);
    expect(reply.ran).toEqual([]);
  });
});

describe('tools', () => {
  const usingTools = () => {
    const reply = replyOnPaper();
    reply.writes('Let me see.');
    reply.asksFor(CALL);
    reply.asksFor(OTHER_CALL);
    reply.ends();
    expect(reply.told()).toEqual([STARTED, sentence(0, 'Let me see.'), called(CALL)]);
    expect([reply.alive(), reply.ran]).toEqual([['tool'], [CALL]]);
    return reply;
  };

  it('run one after the other, and the model gets each result once', () => {
    const reply = usingTools();
    reply.returns('"seven"');
    expect(reply.told()).toEqual([returned('t1', '"seven"'), called(OTHER_CALL)]);
    reply.returns('"K47"');
    expect(reply.told()).toEqual([returned('t2', '"K47"')]);
    expect(reply.asked).toEqual([
      { history: [QUESTION], toolsAllowed: true },
      {
        history: [
          QUESTION,
          { role: 'assistant', text: 'Let me see.' },
          { role: 'toolCall', ...CALL },
          { role: 'toolResult', id: 't1', result: '"seven"' },
          { role: 'toolCall', ...OTHER_CALL },
          { role: 'toolResult', id: 't2', result: '"K47"' },
        ],
        toolsAllowed: true,
      },
    ]);
  });

  it('leave the words of each round where they were said', () => {
    const reply = usingTools();
    reply.returns('1');
    reply.returns('2');
    reply.writes('And');
    reply.asksFor(CALL);
    reply.ends();
    reply.returns('3');
    expect(reply.asked[2]?.history.slice(6)).toEqual([
      { role: 'assistant', text: 'And' },
      { role: 'toolCall', ...CALL },
      { role: 'toolResult', id: 't1', result: '3' },
    ]);
  });

  it.each<[string, (reply: ReturnType<typeof replyOnPaper>) => void, string]>([
    ['breaks', (reply) => reply.breaks('tool'), '{"error":"the tool crashed"}'],
    ['takes 8 s', (reply) => reply.clock.advance(1), '{"error":"the tool did not answer in time"}'],
  ])('that %s has a result all the same', (_, happens, result) => {
    const reply = usingTools();
    reply.clock.advance(7999);
    expect(reply.told()).toEqual([]);
    happens(reply);
    expect(reply.told()).toEqual([returned('t1', result), called(OTHER_CALL)]);
    expect(reply.ran).toEqual([CALL, OTHER_CALL]);
  });
});
