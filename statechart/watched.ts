import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine, AnyTransitionDefinition, InputFrom } from 'xstate';
import { askGuard, type GuardAnswer, type GuardReference } from './guard-tree.ts';
import { type Macrostep, macrostep, type SnapshotOf } from './macrostep.ts';
import { candidatesOf, statesOf, transitionId } from './names.ts';
import { guardPhrase } from './phrases.ts';

/** One transition that came into question, and what became of it. */
export interface Question {
  /** See `transitionId`. */
  readonly transition: string;
  /** The guard in words; undefined when the transition has none. */
  readonly guard: string | undefined;
  /** Whether it was allowed. */
  readonly answer: boolean;
  /** The single questions of the guard, in the order in which they were asked. */
  readonly answers: readonly GuardAnswer[];
}

/** A macrostep, with all that came into question on the way. */
export interface Reaction<M extends AnyStateMachine> extends Macrostep<M> {
  /** In the order in which XState asked. */
  readonly questions: readonly Question[];
  /** Transitions that were taken, in order, by their ids. */
  readonly taken: readonly string[];
}

/** What a machine reacts to: an event in a state, or its very first step. */
export type Occasion<M extends AnyStateMachine> =
  | { readonly snapshot: SnapshotOf<M>; readonly event: AnyEventObject }
  | { readonly input: InputFrom<M> };

/** Decisions that are not left to the guards, by transition: true allows it, false refuses it. */
export type Decisions = ReadonlyMap<string, boolean>;

const NONE: Decisions = new Map();

/** More questions than any macrostep has: an eventless transition that a decision allows for ever. */
const MANY = 1000;

/**
 * A machine that can be asked why: how it reacts to something, which transitions came into question, what each guard
 * said, and how it would have reacted had some of them been decided otherwise.
 *
 * Works on a copy: the machine given stays as it is.
 */
export function watched<M extends AnyStateMachine>(
  machine: M,
): (occasion: Occasion<M>, decisions?: Decisions) => Reaction<M> {
  // `provide` builds all state nodes and transitions anew, so what is changed below is ours alone.
  const copy = machine.provide({}) as M;
  let decided = NONE;
  let questions: Question[] = [];
  for (const transition of statesOf(copy).flatMap((node) => candidatesOf(node).flat()))
    transition.guard = asking(transition, (question) => {
      const { answer, ...rest } = question;
      const said = decided.get(rest.transition) ?? answer;
      questions.push({ ...rest, answer: said });
      if (questions.length > MANY) throw new Error(`${rest.transition} goes round for ever`);
      return said;
    });
  return (occasion, decisions = NONE) => {
    decided = decisions;
    questions = [];
    const at = 'snapshot' in occasion ? { ...occasion, snapshot: ofMachine(copy, occasion.snapshot) } : occasion;
    const step = macrostep(copy, at as never);
    const taken = step.microsteps.flatMap(({ transitions }) => transitions.map(transitionId));
    return { ...step, questions, taken };
  };
}

/** A guard that reports the question and is told the answer; made as XState's own `stateIn` is. */
function asking(transition: AnyTransitionDefinition, decide: (question: Question) => boolean): GuardReference {
  const guard = transition.guard as GuardReference | undefined;
  const [id, phrase] = [transitionId(transition), guard === undefined ? undefined : guardPhrase(guard)];
  const check = (snapshot: AnyMachineSnapshot, { event }: { event: AnyEventObject }): boolean => {
    const said = guard === undefined ? { answer: true, answers: [] } : askGuard(guard, { snapshot, event });
    return decide({ transition: id, guard: phrase, ...said });
  };
  return Object.assign(() => false, { check });
}

/** The same moment, as a snapshot of the copy: transitions are looked up in the nodes of the snapshot. */
function ofMachine<M extends AnyStateMachine>(copy: M, snapshot: SnapshotOf<M>): SnapshotOf<M> {
  const resolved = copy.resolveState(snapshot as never);
  return Object.assign(resolved, { children: (snapshot as AnyMachineSnapshot).children }) as SnapshotOf<M>;
}
