import { type AnyStateMachine, and, or } from 'xstate';
import { guardPhrase } from '../../statechart/phrases.ts';
import type { Mutation } from './mutation.ts';
import { placesOf } from './places.ts';

/** A guard is dropped: whole, or one condition of an `and` or `or`, also of one behind a guard's name. */
export function guardMutations(machine: AnyStateMachine): readonly Mutation[] {
  return [
    ...placesOf(machine).flatMap(({ name, at, transition, in: inMutant }) => {
      const { guard } = transition;
      if (guard === undefined) return [];
      const whole: Mutation = {
        id: `drop guard · ${name} · ${guardPhrase(guard)}`,
        kind: 'drop guard',
        at,
        apply: (mutant) => {
          delete inMutant(mutant).transition.guard;
        },
      };
      const parts = withoutOne(guard).map(
        ({ dropped, rest }): Mutation => ({
          id: `drop condition · ${name} · ${dropped}`,
          kind: 'drop condition',
          at,
          apply: (mutant) => {
            inMutant(mutant).transition.guard = rest;
          },
        }),
      );
      return [whole, ...parts];
    }),
    ...Object.entries(machine.implementations.guards).flatMap(([guard, definition]) =>
      withoutOne(definition).map(
        ({ dropped, rest }): Mutation => ({
          id: `drop condition · ${machine.id} · guard "${guard}" · ${dropped}`,
          kind: 'drop condition',
          apply: (mutant) => {
            const { implementations } = mutant;
            mutant.implementations = { ...implementations, guards: { ...implementations.guards, [guard]: rest } };
          },
        }),
      ),
    ),
  ];
}

/** `and` and `or` of XState carry their parts; `not` has but one, and is dropped as a whole. */
function withoutOne(guard: unknown): readonly { readonly dropped: string; readonly rest: never }[] {
  if (typeof guard !== 'function' || !('guards' in guard) || !['and', 'or'].includes(guard.name)) return [];
  const parts = guard.guards as readonly unknown[];
  return parts.map((part, index) => {
    const others = parts.filter((_, other) => other !== index) as never[];
    return { dropped: guardPhrase(part), rest: (guard.name === 'and' ? and(others) : or(others)) as never };
  });
}
