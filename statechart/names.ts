import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** All states of a machine in document order, the root first. */
export function statesOf(machine: AnyStateMachine): readonly AnyStateNode[] {
  const within = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(within)];
  return within(machine.root);
}

/**
 * A state's place in the machine, for example `call.active.conversation.listening`.
 *
 * Unlike `node.id` it is not changed by a custom `id`, so it can be told from a state value alone.
 */
export function stateId({ machine, path }: AnyStateNode): string {
  return [machine.id, ...path].join('.');
}

/**
 * The transitions a state owns, one list per trigger, each in the order in which XState tries them.
 * Eventless transitions (`always`) come last.
 */
export function candidatesOf(node: AnyStateNode): readonly (readonly AnyTransitionDefinition[])[] {
  return [...node.transitions.values(), ...(node.always ? [node.always] : [])];
}

/**
 * What triggers a transition, in words: an event type, `after silence`, `done reply`, `error reply`, `done` (all
 * children of a state are final) or `always`.
 */
export function triggerOf({ eventType, source }: AnyTransitionDefinition): string {
  if (eventType === '') return 'always';
  const delayed = /^xstate\.after\.(.+)$/.exec(eventType)?.[1];
  if (delayed?.endsWith(`.${source.id}`)) return `after ${delayed.slice(0, -source.id.length - 1)}`;
  const child = /^xstate\.(done|error)\.actor\.(.+)$/.exec(eventType);
  if (child) return `${child[1]} ${child[2]}`;
  if (eventType === `xstate.done.state.${source.id}`) return 'done';
  return eventType.replace(/^xstate\.snapshot\./, 'snapshot ');
}

/**
 * The name of a transition: `call.active.listening --caller.endOfTurn--> call.active.responding`.
 *
 * It is unique in the machine and survives `provide()`, which rebuilds every transition object; pictures, coverage and
 * the live console all use it. Alternatives for the same trigger are numbered: `--caller.endOfTurn (2)-->`.
 * A transition without a target goes to `(stay)`.
 */
export function transitionId(transition: AnyTransitionDefinition): string {
  const { source, target, eventType } = transition;
  const siblings = eventType === '' ? source.always : source.transitions.get(eventType);
  const rank = siblings && siblings.length > 1 ? ` (${siblings.indexOf(transition) + 1})` : '';
  return `${stateId(source)} --${triggerOf(transition)}${rank}--> ${target?.map(stateId).join(' + ') ?? '(stay)'}`;
}
