import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { candidatesOf, stateId, statesOf } from '../../statechart/names.ts';

type Kind = 'action' | 'guard' | 'delay' | 'actor';

/**
 * Every name a chart uses and nobody implements, as `state: kind "name" is not implemented`.
 *
 * Looks into `and`, `or`, `not` and `stateIn`, also those behind a guard's name, and at the delays of `after`, raised and
 * sent events. What an `enqueueActions` function asks for at run time can not be seen from outside.
 */
export function undefinedNames(machine: AnyStateMachine): readonly string[] {
  const { actions, guards, delays, actors } = machine.implementations;
  const known: Record<Kind, Readonly<Record<string, unknown>>> = {
    action: actions,
    guard: guards,
    delay: delays,
    actor: actors,
  };
  const ids = new Map(statesOf(machine).map((node) => [node.id, node]));
  const problems = new Set<string>();

  const check = (at: string, kind: Kind, name: string): void => {
    if (!Object.hasOwn(known[kind], name)) problems.add(`${at}: ${kind} "${name}" is not implemented`);
  };

  const checkGuard = (at: string, guard: unknown, behind: readonly string[] = []): void => {
    const { guards: parts, stateValue, type } = fieldsOf(guard);
    if (Array.isArray(parts)) for (const part of parts) checkGuard(at, part, behind);
    else if (stateValue !== undefined) checkStateValue(at, stateValue);
    else {
      const name = typeof guard === 'string' ? guard : type;
      if (typeof name !== 'string' || behind.includes(name)) return;
      check(at, 'guard', name);
      checkGuard(at, known.guard[name], [...behind, name]);
    }
  };

  const checkStateValue = (at: string, value: unknown): void => {
    if (typeof value === 'string' && value.startsWith('#')) {
      // `#transferring.connecting` is the state with the id `transferring`, then the path below it.
      const [id = '', ...path] = value.slice(1).split('.');
      const found = path.reduce<AnyStateNode | undefined>((node, key) => node?.states[key], ids.get(id));
      if (!found) problems.add(`${at}: guard stateIn names the unknown state "${value}"`);
    } else if (!exists(value, machine.root))
      problems.add(`${at}: guard stateIn names the unknown state ${JSON.stringify(value)}`);
  };

  const checkAction = (at: string, action: unknown): void => {
    const { type, delay, src } = fieldsOf(action);
    const name = typeof action === 'string' ? action : type;
    if (typeof name === 'string' && !name.startsWith('xstate.')) check(at, 'action', name);
    if (typeof delay === 'string') check(at, 'delay', delay);
    if (typeof src === 'string') check(at, 'actor', src);
  };

  for (const node of statesOf(machine)) {
    const at = stateId(node);
    for (const action of [...node.entry, ...node.exit, ...(node.type === 'compound' ? node.initial.actions : [])])
      checkAction(at, action);
    for (const { actions: taken, guard } of candidatesOf(node).flat()) {
      for (const action of taken) checkAction(at, action);
      if (guard !== undefined) checkGuard(at, guard);
    }
    for (const { src } of node.invoke)
      if (typeof src === 'string' && !src.startsWith('xstate.invoke.')) check(at, 'actor', src);
  }
  return [...problems];
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? (value as Record<string, unknown>)
    : {};

/** Whether a state value (`'a'`, `{ a: 'b' }`, `{ a: {}, b: 'c' }`) names states that exist below `node`. */
function exists(value: unknown, node: AnyStateNode): boolean {
  if (typeof value === 'string') return Object.hasOwn(node.states, value);
  return Object.entries(fieldsOf(value)).every(([key, inner]) => {
    const child: AnyStateNode | undefined = node.states[key];
    return child !== undefined && exists(inner, child);
  });
}
