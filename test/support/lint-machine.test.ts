import { describe, expect, it } from '@jest/globals';
import { and, createMachine, fromCallback, not, or, raise, setup, stateIn } from 'xstate';
import { doorMachine } from './door-machine.ts';
import { lintMachine, shadowedTransitions } from './lint-machine.ts';

const WAITING = {
  'door.closed.bell.silent': 'somebody may ring at any time',
  'door.closed.porch.dark': 'somebody may ring at any time',
};

describe('machine lint', () => {
  it('finds nothing in a clean machine whose waits are explained', () => {
    expect(lintMachine(doorMachine, { mayWait: WAITING })).toEqual([]);
    expect(shadowedTransitions(doorMachine)).toEqual([]);
  });

  it('finds waits without a deadline, and explanations that nobody needs', () => {
    const mayWait = { 'door.closed.bell.silent': 'quiet', 'door.closed.porch.lit': 'pretty', 'door.gone': 'gone' };
    expect(lintMachine(doorMachine, { mayWait })).toEqual([
      'door.closed.porch.dark: waits without a deadline',
      'door.closed.porch.lit: is said to wait for ever, but does not (pretty)',
      'door.gone: is said to wait for ever, but does not (gone)',
    ]);
  });

  it('takes the deadline of an ancestor within the region, but neither that of the root nor a guarded one', () => {
    const { createMachine: create } = setup({ guards: { maybe: () => true } });
    const machine = create({
      id: 'm',
      type: 'parallel',
      after: { 9000: {} },
      states: {
        one: { initial: 'a', states: { a: { initial: 'b', after: { 10: 'c' }, states: { b: {} } }, c: {} } },
        two: { initial: 'a', states: { a: { after: { 10: { guard: 'maybe', target: 'b' } } }, b: { always: 'a' } } },
      },
    });
    expect(lintMachine(machine)).toEqual(['m.one.c: waits without a deadline', 'm.two.a: waits without a deadline']);
  });

  it('finds every kind of name that nobody implements, inside combined guards, too', () => {
    const machine = createMachine(
      {
        id: 'm',
        initial: 'a',
        entry: 'unknown action',
        states: {
          a: {
            id: 'first',
            invoke: { id: 'child', src: 'unknown actor', onError: 'b' },
            after: { 'unknown delay': 'b' },
            on: {
              one: {
                guard: and(['known', not('unknown guard'), or([stateIn('#first.nowhere'), stateIn({ a: 'nowhere' })])]),
                actions: { type: 'another unknown action' },
              },
              two: { guard: 'combined', actions: raise({ type: 'one' }, { delay: 'another unknown delay' } as never) },
              three: { guard: or([stateIn('#first'), stateIn('#m.b'), stateIn('a'), stateIn({ a: {} })]) },
            },
          },
          b: { type: 'final' },
        },
      },
      { guards: { known: () => true, combined: and(['known', 'hidden guard']) } },
    );
    expect(lintMachine(machine)).toEqual([
      'm: action "unknown action" is not implemented',
      'm.a: delay "unknown delay" is not implemented',
      'm.a: action "another unknown action" is not implemented',
      'm.a: guard "unknown guard" is not implemented',
      'm.a: guard stateIn names the unknown state "#first.nowhere"',
      'm.a: guard stateIn names the unknown state {"a":"nowhere"}',
      'm.a: delay "another unknown delay" is not implemented',
      'm.a: guard "hidden guard" is not implemented',
      'm.a: actor "unknown actor" is not implemented',
    ]);
  });

  it('finds children whose failure would end the machine', () => {
    const { createMachine: create } = setup({
      actors: { child: fromCallback(() => {}) },
      guards: { maybe: () => true },
    });
    const machine = create({
      id: 'm',
      invoke: [
        { id: 'plain', src: 'child' },
        { id: 'guarded', src: 'child', onError: { guard: 'maybe' } },
        { id: 'safe', src: 'child', onError: [{ guard: 'maybe' }, {}] },
      ],
      after: { 1: {} },
    });
    expect(lintMachine(machine)).toEqual([
      'm: child "plain" has no onError that always applies',
      'm: child "guarded" has no onError that always applies',
    ]);
  });

  it('finds child ids that two active states may share; states that exclude each other may', () => {
    const { createMachine: create } = setup({ actors: { child: fromCallback(() => {}) } });
    const invoke = (id: string) => ({ id, src: 'child', onError: {} }) as const;
    const machine = create({
      id: 'm',
      type: 'parallel',
      states: {
        one: {
          initial: 'a',
          invoke: invoke('outer'),
          states: {
            a: { invoke: invoke('voice'), after: { 1: 'b' } },
            b: { invoke: [invoke('voice'), invoke('outer')], after: { 1: 'a' } },
          },
        },
        two: { invoke: invoke('voice'), after: { 1: {} } },
      },
    });
    expect(lintMachine(machine)).toEqual([
      'm.one.b: child id "outer" is also used by m.one, which may be active at the same time',
      'm.two: child id "voice" is also used by m.one.a, which may be active at the same time',
      'm.two: child id "voice" is also used by m.one.b, which may be active at the same time',
    ]);
  });

  it('finds bare wildcards, but not partial ones', () => {
    const machine = createMachine({ id: 'm', after: { 1: {} }, on: { '*': {}, 'reply.*': {} } });
    expect(lintMachine(machine)).toEqual(["m: a bare '*' swallows the failures of children"]);
  });

  it('finds transitions that can never be tried', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { on: { go: [{ target: 'b' }, { target: 'a', reenter: true }] } }, b: {} },
    });
    expect(shadowedTransitions(machine)).toEqual(['m.a --go (2)--> m.a: never tried']);
  });
});
