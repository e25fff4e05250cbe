import type { AnyEventObject, AnyMachineSnapshot } from 'xstate';
import { evaluateGuard } from 'xstate/guards';
import { guardPhrase } from './phrases.ts';

/** How a transition refers to its guard; see XState's `UnknownGuard`. */
export type GuardReference = Parameters<typeof evaluateGuard>[0];

/** A single question that a guard asked, and its answer. */
export interface GuardAnswer {
  /** In words, see `guardPhrase`. */
  readonly guard: string;
  readonly answer: boolean;
}

type Combined = { readonly guards: readonly GuardReference[] };
type Moment = { readonly snapshot: AnyMachineSnapshot; readonly event: AnyEventObject };

/** Named guards may be combinations themselves: `'is new'` of `and(['latch is open', 'has cooled down'])`. */
function combinationOf(
  guard: GuardReference,
  { machine }: AnyMachineSnapshot,
): (Combined & { name: string }) | undefined {
  const named = typeof guard === 'string' ? guard : typeof guard === 'function' ? undefined : guard.type;
  const found: unknown = named === undefined ? guard : machine.implementations.guards[named];
  return typeof found === 'function' && 'guards' in found ? (found as never) : undefined;
}

/**
 * Asks a guard as XState does, and tells which of its single questions were asked, in order, with their answers.
 *
 * `and` and `or` stop at the first answer that decides, so what stands behind it was not asked.
 */
export function askGuard(guard: GuardReference, moment: Moment): { answer: boolean; answers: readonly GuardAnswer[] } {
  const answers: GuardAnswer[] = [];
  const answer = ask(guard, moment, (single, said) => answers.push({ guard: guardPhrase(single), answer: said }));
  return { answer, answers };
}

function ask(guard: GuardReference, moment: Moment, note: (guard: GuardReference, said: boolean) => void): boolean {
  const { snapshot, event } = moment;
  const combination = combinationOf(guard, snapshot);
  const within = (part: GuardReference): boolean => ask(part, moment, note);
  if (combination?.name === 'and') return combination.guards.every(within);
  if (combination?.name === 'or') return combination.guards.some(within);
  if (combination?.name === 'not') return !combination.guards.some(within);
  const said = evaluateGuard(guard, snapshot.context, event, snapshot);
  note(guard, said);
  return said;
}
