import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { explainDivergence } from '../../journal/divergence.ts';
import type { Journal } from '../../journal/entry.ts';
import { type CallSnapshot, type ReplayStep, replay } from '../../journal/replay.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { macrostep } from '../support/macrostep.ts';
import { randomCall } from './random-call.ts';

type Guard = ((...args: unknown[]) => boolean) & { check?: (...args: unknown[]) => boolean };

const GUARDS = Object.keys(callMachine.implementations.guards);

/** The production chart, with one guard that says the opposite. */
function withInverted(name: string): typeof callMachine {
  const guard = (callMachine.implementations.guards as Record<string, Guard>)[name] as Guard;
  const { check } = guard;
  // Guards that look at the whole state, such as `and` and `stateIn`, have a `check` that XState calls instead.
  const inverted = check
    ? Object.assign(() => false, { check: (snapshot: unknown, args: unknown) => !check(snapshot, args, guard) })
    : (...args: unknown[]) => !guard(...args);
  return callMachine.provide({ guards: { [name]: inverted } as never });
}

const sight = ({ status, value, context }: CallSnapshot) => [status, value, context];

/** Where the inverted chart does otherwise, found without the replay: step by step from the states of the true call. */
function firstDifference(steps: readonly ReplayStep[], inverted: typeof callMachine): number | undefined {
  return steps.find(({ entry, before, after }) => {
    if (before && before.status !== 'active') return false;
    // A snapshot asks the guards of the machine that made it.
    const snapshot = before && Object.assign(inverted.resolveState(before as never), { children: before.children });
    const from = snapshot ? { snapshot, event: entry.event } : { input: entry.event.input as never };
    try {
      return !isDeepStrictEqual(sight(macrostep(inverted, from as never).snapshot as CallSnapshot), sight(after));
    } catch {
      return true;
    }
  })?.entry.seq;
}

let calls: { journal: Journal; steps: readonly ReplayStep[] }[];
beforeAll(() => {
  calls = [11, 12, 13].map((seed) => {
    const { journal } = randomCall(seed, 80);
    return { journal, steps: [...replay(journal)] };
  });
});

describe('a chart with one guard inverted', () => {
  const named = new Map<string, string>();

  it.each(GUARDS)('is found out at the first entry that depends on “%s”', (name) => {
    const inverted = withInverted(name);
    for (const { journal, steps } of calls) {
      const last = [...replay(journal, inverted)].at(-1);
      expect(last?.diverged ? last.entry.seq : undefined).toBe(firstDifference(steps, inverted));
      if (!last?.diverged) continue;
      const { otherwise } = explainDivergence(last, inverted);
      const guards = otherwise.flat().flatMap(({ guard, answers }) => [guard, ...answers.map((one) => one.guard)]);
      named.set(
        name,
        guards.includes(name) ? 'named' : (named.get(name) ?? `${last.entry.seq} ${JSON.stringify(otherwise)}`),
      );
    }
  });

  it('is told by the name of that guard', () => {
    expect([...named].filter(([, how]) => how !== 'named')).toEqual([]);
    expect(named.size).toBeGreaterThan(GUARDS.length / 2);
  });
});
