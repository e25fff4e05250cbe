import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { candidatesOf, stateId, statesOf, transitionId, triggerOf } from '../../statechart/names.ts';
import { actionPhrase, guardPhrase, isTimerBookkeeping } from '../../statechart/phrases.ts';

/** One state of a chart. */
export interface ChartState {
  /** See `stateId`, for example `call.active.conversation.listening`. */
  readonly id: string;
  /** Its name within its parent. */
  readonly key: string;
  /** Undefined for the root. */
  readonly parent: string | undefined;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** Id of the child entered first; compound states only. */
  readonly initial: string | undefined;
  /** Children that live exactly as long as the state is active. */
  readonly invokes: readonly { readonly id: string; readonly src: string }[];
  readonly entry: readonly string[];
  readonly exit: readonly string[];
  readonly tags: readonly string[];
}

/** One transition of a chart. */
export interface ChartTransition {
  /** See `transitionId`. */
  readonly id: string;
  readonly from: string;
  /** Ids of the targets; empty when the transition stays where it is. */
  readonly to: readonly string[];
  /** See `triggerOf`. */
  readonly trigger: string;
  /** In words; undefined when the transition is always allowed. */
  readonly guard: string | undefined;
  /** True for the unguarded alternative behind guarded ones. */
  readonly otherwise: boolean;
  /** In words, in the order in which they run. */
  readonly actions: readonly string[];
  /** Leaves and enters its own state again although the target lies within. */
  readonly reenter: boolean;
}

/** A machine as plain data: what every picture and text of it is made from. */
export interface Chart {
  readonly id: string;
  /** Document order, parents before their children; the first is the root. */
  readonly states: readonly ChartState[];
  /** By state in document order, then in the order in which XState tries them. */
  readonly transitions: readonly ChartTransition[];
}

/**
 * Turns a machine into plain data.
 *
 * Unlike `toDirectedGraph` of XState it keeps `always`, guards, actions, kinds and initial states.
 */
export function describeChart(machine: AnyStateMachine): Chart {
  const nodes = statesOf(machine);
  return {
    id: machine.id,
    states: nodes.map(describeState),
    transitions: nodes.flatMap((node) => candidatesOf(node).flatMap((list) => list.map(describeTransition))),
  };
}

const inWords = (actions: readonly unknown[]): string[] =>
  actions.filter((action) => !isTimerBookkeeping(action)).map(actionPhrase);

const firstOf = (node: AnyStateNode): string | undefined => {
  const [first] = node.type === 'compound' ? node.initial.target : [];
  return first && stateId(first);
};

const describeState = (node: AnyStateNode): ChartState => ({
  id: stateId(node),
  key: node.key,
  parent: node.parent && stateId(node.parent),
  kind: node.type,
  initial: firstOf(node),
  invokes: node.invoke.map(({ id, src }) => ({ id, src: String(src) })),
  entry: inWords(node.entry),
  exit: inWords(node.exit),
  tags: [...node.tags],
});

const describeTransition = (
  transition: AnyTransitionDefinition,
  rank: number,
  list: readonly AnyTransitionDefinition[],
): ChartTransition => ({
  id: transitionId(transition),
  from: stateId(transition.source),
  to: transition.target?.map(stateId) ?? [],
  trigger: triggerOf(transition),
  guard: transition.guard === undefined ? undefined : guardPhrase(transition.guard),
  otherwise: transition.guard === undefined && rank > 0 && rank === list.length - 1,
  actions: inWords(transition.actions),
  reenter: transition.reenter,
});
