import { describe, expect, it } from '@jest/globals';
import { and, createMachine, not, or, raise, sendTo, stateIn } from 'xstate';
import { describeChart } from '../../../visualizations/chart/describe-chart.ts';
import { doorMachine } from '../../support/door-machine.ts';

const guardOf = (guard: unknown) =>
  describeChart(createMachine({ on: { go: { guard: guard as never } } })).transitions[0]?.guard;
const actionsOf = (...actions: unknown[]) =>
  describeChart(createMachine({ on: { go: { actions: actions as never } } })).transitions[0]?.actions;

describe('describeChart', () => {
  const chart = describeChart(doorMachine);

  it('lists the states in document order, with kind, initial state and children', () => {
    expect(chart.states.map(({ id, kind, initial }) => [id, kind, initial])).toEqual([
      ['door', 'compound', 'door.closed'],
      ['door.closed', 'parallel', undefined],
      ['door.closed.bell', 'compound', 'door.closed.bell.silent'],
      ['door.closed.bell.silent', 'atomic', undefined],
      ['door.closed.bell.ringing', 'atomic', undefined],
      ['door.closed.porch', 'compound', 'door.closed.porch.dark'],
      ['door.closed.porch.dark', 'atomic', undefined],
      ['door.closed.porch.lit', 'atomic', undefined],
      ['door.open', 'final', undefined],
      ['door.locked', 'final', undefined],
    ]);
    expect(chart.states[4]).toEqual({
      id: 'door.closed.bell.ringing',
      key: 'ringing',
      parent: 'door.closed.bell',
      kind: 'atomic',
      initial: undefined,
      invokes: [{ id: 'chime', src: 'chime' }],
      entry: [],
      exit: [],
      tags: [],
    });
  });

  it('keeps eventless, delayed and child transitions with guards and actions', () => {
    expect(
      chart.transitions.map(({ from, trigger, guard, actions, to }) => [
        from,
        trigger,
        guard,
        actions.join(),
        to.join(),
      ]),
    ).toEqual([
      ['door.closed', 'door.opened', 'has a key', '', 'door.open'],
      ['door.closed.bell.silent', 'bell.pressed', undefined, 'count the ring', 'door.closed.bell.ringing'],
      ['door.closed.bell.ringing', 'bell.pressed', undefined, 'raise bell.annoyed', ''],
      ['door.closed.bell.ringing', 'error chime', undefined, '', 'door.closed.bell.silent'],
      ['door.closed.bell.ringing', 'after chime time', undefined, '', 'door.closed.bell.silent'],
      ['door.closed.porch.dark', 'bell.pressed', undefined, '', 'door.closed.porch.lit'],
      ['door.closed.porch.lit', 'bell.annoyed', undefined, '', 'door.closed.porch.dark'],
      ['door.closed.porch.lit', 'after light time', undefined, '', 'door.closed.porch.dark'],
      ['door.closed.porch.lit', 'always', 'is at the limit', '', 'door.locked'],
    ]);
  });

  it('names transitions alike after provide(), which rebuilds them', () => {
    const ids = chart.transitions.map(({ id }) => id);
    expect(describeChart(doorMachine.provide({})).transitions.map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('does not depend on custom ids of states', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { id: 'first', initial: 'b', states: { b: { after: { 10: '#second' } } } }, c: { id: 'second' } },
    });
    expect(describeChart(machine).transitions.map(({ id }) => id)).toEqual(['m.a.b --after 10--> m.c']);
  });

  it('tells alternatives for one trigger apart and says which one is left', () => {
    const machine = createMachine({ id: 'm', on: { go: [{ guard: 'one' }, { guard: 'two' }, {}] } });
    expect(describeChart(machine).transitions.map(({ id, guard, otherwise }) => [id, guard, otherwise])).toEqual([
      ['m --go (1)--> (stay)', 'one', false],
      ['m --go (2)--> (stay)', 'two', false],
      ['m --go (3)--> (stay)', undefined, true],
    ]);
  });

  it('puts guards into words', () => {
    expect([
      guardOf('is late'),
      guardOf({ type: 'pressed', params: { digit: '0' } }),
      guardOf({ type: 'pressed', params: () => ({ digit: '0' }) }),
      guardOf(and(['a', not('b'), or(['c', 'd'])])),
      guardOf(stateIn('#latch.open')),
      guardOf(stateIn({ latch: 'open' })),
      guardOf(() => true),
    ]).toEqual([
      'is late',
      'pressed (digit: 0)',
      'pressed',
      'a and not(b) and (c or d)',
      'in latch.open',
      'in {"latch":"open"}',
      'inline guard',
    ]);
  });

  it('puts actions into words', () => {
    const failure = { code: 'timeout', message: 'x', retryable: true };
    expect(
      actionsOf(
        'cut audio',
        { type: 'note', params: { failure, times: 2 } },
        { type: 'say', params: { text: 'a sentence that is much too long for a picture' } },
        raise({ type: 'turn.over' }),
        sendTo('voice', { type: 'voice.end' }),
      ),
    ).toEqual([
      'cut audio',
      'note (failure: {code: timeout, …}, times: 2)',
      'say (text: a sentence that is much too long for a …)',
      'raise turn.over',
      'send voice.end to voice',
    ]);
  });
});
