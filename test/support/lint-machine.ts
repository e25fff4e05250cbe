import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { candidatesOf, stateId, statesOf, transitionId } from '../../statechart/names.ts';
import { undefinedNames } from './undefined-names.ts';

export interface LintOptions {
  /** States that may wait for ever, by id, each with the reason why. A reason that is not needed is a problem, too. */
  readonly mayWait?: Readonly<Record<string, string>>;
}

/**
 * Finds what XState does not complain about.
 *
 * Names that nobody implements (a misspelt delay fires at once, a missing action is silently left out), invoked children
 * whose failure would end the machine, ids of children that may live at the same time, states that can wait for ever,
 * and bare `*` transitions, which swallow the failures of children. Targets need no rule: XState refuses to build a
 * machine with a target that does not exist.
 *
 * @returns one line per problem; empty when the machine is clean
 */
export function lintMachine(machine: AnyStateMachine, { mayWait = {} }: LintOptions = {}): readonly string[] {
  const states = statesOf(machine);
  return [
    ...undefinedNames(machine),
    ...states.flatMap(bareWildcards),
    ...states.flatMap(unhandledFailures),
    ...sharedChildIds(states),
    ...endlessWaits(states, mayWait),
  ];
}

const bareWildcards = (node: AnyStateNode): readonly string[] =>
  node.transitions.has('*') ? [`${stateId(node)}: a bare '*' swallows the failures of children`] : [];

/** A guarded `onError` counts only when an unguarded one stands behind it. */
const unhandledFailures = (node: AnyStateNode): readonly string[] =>
  node.invoke
    .filter(({ id }) => !node.transitions.get(`xstate.error.actor.${id}`)?.some(({ guard }) => guard === undefined))
    .map(({ id }) => `${stateId(node)}: child "${id}" has no onError that always applies`);

/** XState forgets the first of two children with one id, and never stops it. */
function sharedChildIds(states: readonly AnyStateNode[]): readonly string[] {
  const invokes = states.flatMap((node) => node.invoke.map(({ id }) => ({ id, node })));
  return invokes.flatMap(({ id, node }, index) =>
    invokes
      .slice(index + 1)
      .filter((other) => other.id === id && mayLiveTogether(node, other.node))
      .map(
        (other) =>
          `${stateId(other.node)}: child id "${id}" is also used by ${stateId(node)}, which may be active at the same time`,
      ),
  );
}

function mayLiveTogether(a: AnyStateNode, b: AnyStateNode): boolean {
  const [lineA, lineB] = [lineage(a), lineage(b)];
  const meeting = lineA.find((node) => lineB.includes(node));
  return meeting === a || meeting === b || meeting?.type === 'parallel';
}

/** A state and its ancestors, innermost first. */
function lineage(node: AnyStateNode): readonly AnyStateNode[] {
  return node.parent ? [node, ...lineage(node.parent)] : [node];
}

/**
 * A state waits when it has no children and nothing takes it on at once. Its deadline is its own `after`, or that of an
 * ancestor within the same region; the root and parallel states do not count, for their limits are not about this wait.
 */
function endlessWaits(states: readonly AnyStateNode[], mayWait: Readonly<Record<string, string>>): readonly string[] {
  const endless = states.filter((node) => node.type === 'atomic' && !movesOn(node) && !hasDeadline(node)).map(stateId);
  return [
    ...endless.filter((id) => !Object.hasOwn(mayWait, id)).map((id) => `${id}: waits without a deadline`),
    ...Object.keys(mayWait)
      .filter((id) => !endless.includes(id))
      .map((id) => `${id}: is said to wait for ever, but does not (${mayWait[id]})`),
  ];
}

const movesOn = (node: AnyStateNode): boolean => node.always?.some(({ guard }) => guard === undefined) ?? false;

const hasDeadline = (node: AnyStateNode): boolean =>
  lineage(node).some(
    (ancestor, depth, line) =>
      (depth === 0 || !line.slice(0, depth + 1).some(({ type, parent }) => type === 'parallel' || !parent)) &&
      ancestor.after.some(({ guard }) => guard === undefined),
  );

/** Transitions that are never tried, because an unguarded one stands in front of them. */
export function shadowedTransitions(machine: AnyStateMachine): readonly string[] {
  return statesOf(machine).flatMap((node) =>
    candidatesOf(node).flatMap((list) => {
      const open = list.findIndex(({ guard }) => guard === undefined);
      return open < 0 ? [] : list.slice(open + 1).map((hidden) => `${transitionId(hidden)}: never tried`);
    }),
  );
}
