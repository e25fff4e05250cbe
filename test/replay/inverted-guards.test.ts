import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { explainDivergence } from '../../journal/divergence.ts';
import type { Journal } from '../../journal/entry.ts';
import { type CallSnapshot, type ReplayStep, replay } from '../../journal/replay.ts';
import { callMachine } from '../../machines/call/machine.ts';
import { macrostep } from '../../statechart/macrostep.ts';
import { Conversation } from './conversations/conversation.ts';
import { CONVERSATIONS } from './conversations/conversations.ts';
import { randomCall } from './random-call.ts';
import { recorded } from './recorded.ts';

type Guard = ((...args: unknown[]) => boolean) & { check?: (...args: unknown[]) => boolean };

const IMPLEMENTED = callMachine.implementations.guards as unknown as Readonly<Record<string, Guard>>;
const GUARDS = Object.keys(IMPLEMENTED);
/** A guard that many calls ask is tried on so many of them. */
const CALLS_EACH = 3;

/** The production chart, with guards that answer through another one. */
const withGuards = (names: readonly string[], answer: (name: string, said: boolean) => boolean): typeof callMachine =>
  callMachine.provide({ guards: Object.fromEntries(names.map((name) => [name, through(name, answer)])) as never });

function through(name: string, answer: (name: string, said: boolean) => boolean): Guard {
  const guard = IMPLEMENTED[name] as Guard;
  const { check } = guard;
  // Guards that look at the whole state, such as `and` and `stateIn`, have a `check` that XState calls instead.
  return check
    ? Object.assign(() => false, { check: (state: unknown, args: unknown) => answer(name, check(state, args, guard)) })
    : (...args: unknown[]) => answer(name, guard(...args));
}

const inverted = (guard: string): typeof callMachine => withGuards([guard], (_, said) => !said);

interface Call {
  readonly journal: Journal;
  /** The steps that asked a guard, by its name. */
  readonly asked: ReadonlyMap<string, ReadonlySet<ReplayStep>>;
}

/** Plays a call on a chart that notes whom it asks. */
function listenTo(journal: Journal): Call {
  const asked = new Map(GUARDS.map((name) => [name, new Set<ReplayStep>()]));
  let names = new Set<string>();
  const listening = withGuards(GUARDS, (name, said) => {
    names.add(name);
    return said;
  });
  for (const step of replay(journal, listening)) {
    for (const name of names) asked.get(name)?.add(step);
    names = new Set();
  }
  return { journal, asked };
}

const sight = ({ status, value, context }: CallSnapshot) => [status, value, context];

/** Where the chart does otherwise, found without a replay: at the steps that asked the guard, from the states of the true call. */
function firstDifference(steps: ReadonlySet<ReplayStep>, machine: typeof callMachine): number | undefined {
  const differs = ({ entry, before, after }: ReplayStep): boolean => {
    // A snapshot asks the guards of the machine that made it.
    const snapshot = before && Object.assign(machine.resolveState(before as never), { children: before.children });
    const from = snapshot ? { snapshot, event: entry.event } : { input: entry.event.input as never };
    return !isDeepStrictEqual(sight(macrostep(machine, from as never).snapshot as CallSnapshot), sight(after));
  };
  return [...steps].find(differs)?.entry.seq;
}

let calls: readonly Call[];
beforeAll(async () => {
  const journals = [11, 12].map((seed) => randomCall(seed, 80).journal);
  for (const { brief, play } of CONVERSATIONS) {
    const { call, journal } = recorded(brief);
    await play(new Conversation(call));
    journals.push(journal());
  }
  calls = journals.map(listenTo);
});

describe('a chart with one guard inverted', () => {
  const found = new Set<string>();
  const unnamed: string[] = [];

  it.each(GUARDS)('is found out at the first entry that depends on “%s”', (name) => {
    const machine = inverted(name);
    const concerned = calls.filter(({ asked }) => asked.get(name)?.size);
    for (const { journal, asked } of concerned.slice(0, CALLS_EACH)) {
      const last = [...replay(journal, machine)].at(-1);
      expect(last?.diverged ? last.entry.seq : undefined).toBe(firstDifference(asked.get(name) ?? new Set(), machine));
      if (!last?.diverged) continue;
      found.add(name);
      const { otherwise } = explainDivergence(last, machine);
      const guards = otherwise.flat().flatMap(({ guard, answers }) => [guard, ...answers.map((one) => one.guard)]);
      if (!guards.includes(name)) unnamed.push(`${name}: ${JSON.stringify(otherwise)}`);
    }
  });

  it('is told by the name of that guard', () => {
    expect(unnamed).toEqual([]);
    // The others are asked in these calls, but never where it matters.
    expect(found.size).toBeGreaterThan(0.75 * GUARDS.length);
  });
});
