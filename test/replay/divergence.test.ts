import { describe, expect, it } from '@jest/globals';
import { assign } from 'xstate';
import { explainDivergence } from '../../journal/divergence.ts';
import type { Journal } from '../../journal/entry.ts';
import { CallFacts } from '../../journal/facts.ts';
import { fingerprint } from '../../journal/fingerprint.ts';
import { describeDivergence } from '../../journal/print/divergence.ts';
import { PLAIN_PAPER } from '../../journal/print/ink.ts';
import { type CallSnapshot, replay } from '../../journal/replay.ts';
import { subsets } from '../../journal/subsets.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { recorded } from './recorded.ts';

/** A silent caller is asked once more. */
function aReprompt(): Journal {
  const { call, journal } = recorded();
  call.played();
  call.clock.advance(8000);
  call.played();
  return journal();
}

type Form = (call: CallSnapshot) => Journal['entries'][number]['after'];
const FORMS: readonly [string, () => Form][] = [
  [
    'facts',
    () =>
      (
        (facts) => (call: CallSnapshot) =>
          facts.look(call)
      )(new CallFacts()),
  ],
  ['fingerprints', () => fingerprint],
];

/** The journal as another chart writes it, in another form, up to where that chart does otherwise. */
const retold = (journal: Journal, form: Form, machine = callMachine): Journal => ({
  ...journal,
  entries: [...replay(journal, machine)].map(({ entry, after }) => ({ ...entry, after: form(after) })),
});

const without = (call: CallSnapshot, part: string): CallSnapshot =>
  ({ ...call, context: Object.fromEntries(Object.entries(call.context).filter(([name]) => name !== part)) }) as never;

describe.each(FORMS)('a journal of %s', (form, makeForm) => {
  it('of a chart without an action of today’s tells what that action changes', () => {
    const then = callMachine.provide({ actions: { 'count the reprompt': assign({}) } });
    const last = [...replay(retold(aReprompt(), makeForm(), then))].at(-1);
    if (!last?.diverged) throw new Error('it is meant to part');
    expect(last.entry.event.type).toMatch(/after\.silence/);
    const divergence = explainDivergence(last);
    expect(divergence.otherwise).toEqual([]);
    expect(divergence.unchanged).toEqual(['reprompts']);
    const text = describeDivergence(divergence, true, PLAIN_PAPER);
    expect(text).toMatch(/\n {2}reprompts +0 +0 +1\n/);
    expect(text).toContain(
      '\n  did the same and left reprompts as it was: an action of today was not there, or did less',
    );
  });

  it('of a chart without a part of today’s context is compared without that part', () => {
    const look = makeForm();
    const steps = [...replay(retold(aReprompt(), (call) => look(without(call, 'topic'))))];
    expect(steps).toHaveLength(aReprompt().entries.length);
    expect(steps.at(-1)?.diverged).toBe(false);
    expect(steps[0]?.recorded.gained).toEqual(['topic']);
  });

  it('of a chart that did what no decision of today’s leads to says so', () => {
    const then = callMachine.provide({ actions: { 'count the reprompt': assign({ reprompts: 7, topic: 'rain' }) } });
    const last = [...replay(retold(aReprompt(), makeForm(), then))].at(-1);
    if (!last?.diverged) throw new Error('it is meant to part');
    const divergence = explainDivergence(last);
    expect(divergence).toMatchObject({ otherwise: [], unchanged: [], past: undefined });
    const text = describeDivergence(divergence, false, PLAIN_PAPER);
    expect(text).toContain('\n  had other transitions, actions or states: ');
    if (form === 'facts') expect(text).toMatch(/\n {2}topic +"opening" +"rain" +"opening"\n {2}reprompts +0 +7 +1\n/);
    else expect(text).toMatch(/\n {2}fingerprint +– +[0-9a-f]{12} +[0-9a-f]{12}\n/);
  });
});

it('chooses the few before the many', () => {
  expect(subsets(['a', 'b', 'c'], 2)).toEqual([['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c']]);
  expect(subsets([], 2)).toEqual([]);
});
