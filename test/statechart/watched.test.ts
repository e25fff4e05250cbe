import { describe, expect, it } from '@jest/globals';
import { and, not, or, setup, stateIn } from 'xstate';
import { watched } from '../../statechart/watched.ts';

const door = setup({
  types: {} as { context: { coins: number }; events: { type: 'push' } | { type: 'coin' } },
  guards: {
    'is paid': ({ context }) => context.coins > 0,
    'is a feast': () => false,
    'is dark': stateIn({ lamp: 'off' }),
    'may pass': or(['is a feast', and(['is paid', not('is dark')])]),
  },
}).createMachine({
  id: 'door',
  type: 'parallel',
  context: { coins: 1 },
  states: {
    leaf: {
      initial: 'shut',
      states: {
        shut: {
          on: {
            push: [
              { guard: 'may pass', target: 'open' },
              { guard: 'is a feast', target: 'open' },
            ],
          },
        },
        open: { always: { guard: 'is dark', target: 'shut' } },
      },
    },
    lamp: { initial: 'on', states: { on: { on: { push: 'off' } }, off: {} } },
  },
});

const TO_OPEN = 'door.leaf.shut --push (1)--> door.leaf.open';
const first = watched(door)({ input: undefined });

describe('a watched machine', () => {
  it('tells which transitions came into question, what each guard was asked and said, and what was taken', () => {
    const react = watched(door);
    const { questions, taken, snapshot } = react({ snapshot: first.snapshot, event: { type: 'push' } });
    expect(questions.slice(0, 2)).toEqual([
      {
        transition: TO_OPEN,
        guard: 'may pass',
        answer: true,
        answers: [
          { guard: 'is a feast', answer: false },
          { guard: 'is paid', answer: true },
          { guard: 'is dark', answer: false },
        ],
      },
      { transition: 'door.lamp.on --push--> door.lamp.off', guard: undefined, answer: true, answers: [] },
    ]);
    expect(taken).toEqual([
      TO_OPEN,
      'door.lamp.on --push--> door.lamp.off',
      'door.leaf.open --always--> door.leaf.shut',
    ]);
    expect(snapshot.value).toEqual({ leaf: 'shut', lamp: 'off' });
  });

  it('asks no further than the machine does', () => {
    const unpaid = { ...first.snapshot, context: { coins: 0 } } as typeof first.snapshot;
    const { questions } = watched(door)({ snapshot: unpaid, event: { type: 'push' } });
    expect(questions.map(({ transition, answers }) => [transition, answers.map(({ guard }) => guard)])).toEqual([
      [TO_OPEN, ['is a feast', 'is paid']],
      ['door.leaf.shut --push (2)--> door.leaf.open', ['is a feast']],
      ['door.lamp.on --push--> door.lamp.off', []],
    ]);
  });

  it('decides as it is told', () => {
    const react = watched(door);
    const refused = react({ snapshot: first.snapshot, event: { type: 'push' } }, new Map([[TO_OPEN, false]]));
    expect(refused.snapshot.value).toEqual({ leaf: 'shut', lamp: 'off' });
    expect(refused.taken).toEqual(['door.lamp.on --push--> door.lamp.off']);
    // The next time it decides by itself again.
    expect(react({ snapshot: first.snapshot, event: { type: 'push' } }).taken).toContain(TO_OPEN);
  });

  it('gives up where a decision would go round for ever', () => {
    const swing = setup({ guards: { never: () => false } }).createMachine({
      id: 'swing',
      initial: 'still',
      states: {
        still: { on: { push: 'to' } },
        to: { always: { guard: 'never', target: 'fro' } },
        fro: { always: { guard: 'never', target: 'to' } },
      },
    });
    const react = watched(swing);
    const { snapshot } = react({ input: undefined });
    const forEver = new Map(
      ['to --always--> swing.fro', 'fro --always--> swing.to'].map((id) => [`swing.${id}`, true]),
    );
    expect(() => react({ snapshot, event: { type: 'push' } }, forEver)).toThrow(/goes round for ever/);
  });

  it('leaves the machine as it is', () => {
    watched(door)({ snapshot: first.snapshot, event: { type: 'push' } }, new Map([[TO_OPEN, false]]));
    expect(door.states.leaf?.states.shut?.transitions.get('push')?.map(({ guard }) => guard)).toEqual([
      'may pass',
      'is a feast',
    ]);
  });
});
