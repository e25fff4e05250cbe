import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** The mistakes that somebody could make in a chart, each with what it does. */
export const KINDS = {
  'drop guard': 'the transition is always taken',
  'drop condition': 'one part of a combined guard is not asked',
  'swap target': 'the transition, or the way in, leads to the next sibling of its target',
  'drop target': 'the transition does its actions and stays',
  'drop re-entry': 'a transition to the state itself does not begin it anew',
  'drop action': 'one action of a transition, an entry or an exit is left out',
  'drop transition': 'the event is not handled here',
  'drop delay': 'none of the transitions behind a delay is ever taken',
  'zero delay': 'the time is up at once',
  'double delay': 'the time is twice as long',
} as const;

export type Kind = keyof typeof KINDS;

/** One mistake in one place of a chart. */
export interface Mutation {
  /**
   * Unique and the same on every run: `drop guard · call.active.conversation.listening.quiet · after silence #1 · may ask
   * again`. The parts are the kind, the state, the trigger (`#2`: the second candidate for it) and what is changed.
   */
  readonly id: string;
  readonly kind: Kind;
  /** The state that is entered before anything can be different; undefined when that may be any. */
  readonly at?: string;
  /** Makes the mistake in a machine that was built for it. Changes the machine, never the configuration behind it. */
  apply(mutant: AnyStateMachine): void;
}

/** A transition in its place. Indices are those of the production chart. */
export interface Place {
  readonly node: AnyStateNode;
  /** All candidates for the same trigger, in the order in which they are asked. */
  readonly candidates: AnyTransitionDefinition[];
  readonly transition: AnyTransitionDefinition;
}

/** The state of the mutant that stands where `original` stands in its own machine. */
export function sameState(mutant: AnyStateMachine, { path }: AnyStateNode): AnyStateNode {
  return path.reduce<AnyStateNode>((node, key) => {
    const child: AnyStateNode | undefined = node.states[key];
    if (!child) throw new Error(`the mutant of ${mutant.id} has no state ${path.join('.')}`);
    return child;
  }, mutant.root);
}
