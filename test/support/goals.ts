import type {
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  AnyTransitionDefinition,
  InspectionEvent,
} from 'xstate';
import type { Macrostep, Microstep } from '../../statechart/macrostep.ts';
import { candidatesOf, statesOf, transitionId } from '../../statechart/names.ts';
import { remembered } from './remembered.ts';

/** The goal of a transition that is taken: its name, see {@link transitionId}. */
const takingOf = remembered(transitionId);

/** The goal of a guard that says no; that it says yes is the goal of its transition. */
export const refusalOf: (transition: AnyTransitionDefinition) => string = remembered(
  (transition) => `${takingOf(transition)} [refused]`,
);

/** What a thorough suite of tests reaches: every transition of the machine, and a refusal by every guard. */
export function goalsOf(machine: AnyStateMachine): ReadonlySet<string> {
  const transitions = statesOf(machine).flatMap((node) => candidatesOf(node).flat());
  return new Set(transitions.flatMap((t) => (t.guard === undefined ? [takingOf(t)] : [takingOf(t), refusalOf(t)])));
}

/**
 * Which goals one macrostep reached.
 *
 * Transitions that were selected count as taken. Refusals are found by asking again in XState's order: states without
 * children first, then their ancestors, a parallel state only when none of its regions reacted. At rest, after the
 * last microstep, every eventless transition was refused.
 */
export function goalsReached({
  microsteps,
  snapshot,
}: Pick<Macrostep<AnyStateMachine>, 'microsteps' | 'snapshot'>): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const { before, event, transitions } of microsteps) {
    for (const transition of transitions) reached.add(takingOf(transition));
    const taken = new Set(transitions);
    if (before && event) for (const refused of refusedFor(event.type, before, taken)) reached.add(refused);
    else if (before) for (const refused of refusedEventless(before, taken)) reached.add(refused);
    // At the very start nothing was before: what was refused stands in front of what was taken.
    else
      for (const { source } of taken)
        for (const refused of refusedBefore(source.always ?? [], taken).refused) reached.add(refused);
  }
  if (snapshot.status === 'active') for (const refused of refusedEventless(snapshot, new Set())) reached.add(refused);
  return reached;
}

/**
 * An inspector that reports each goal as a live actor of the machine reaches it, any number of times:
 * `createActor(machine, { inspect: goalRecorder(machine.id, (goal) => seen.add(goal)) })`.
 */
export function goalRecorder(machineId: string, report: (goal: string) => void): (inspected: InspectionEvent) => void {
  const running = new Map<unknown, { last: AnyMachineSnapshot | undefined; microsteps: Microstep[] }>();
  return (inspected) => {
    if (inspected.type !== '@xstate.microstep' && inspected.type !== '@xstate.snapshot') return;
    const snapshot = inspected.snapshot as AnyMachineSnapshot;
    if (snapshot.machine?.id !== machineId) return;
    const seen = running.get(inspected.actorRef) ?? { last: undefined, microsteps: [] };
    running.set(inspected.actorRef, seen);
    if (inspected.type === '@xstate.snapshot') {
      for (const goal of goalsReached({ microsteps: seen.microsteps.splice(0), snapshot })) report(goal);
      return;
    }
    const transitions = inspected._transitions;
    const eventless = transitions.length > 0 && transitions.every(({ eventType }) => eventType === '');
    seen.microsteps.push({
      before: seen.last,
      after: snapshot,
      event: eventless ? undefined : inspected.event,
      transitions,
    });
    seen.last = snapshot;
  };
}

type Transitions = ReadonlySet<AnyTransitionDefinition>;

/** Candidates in front of the one that was taken said no. */
function refusedBefore(
  candidates: readonly AnyTransitionDefinition[],
  taken: Transitions,
): { refused: string[]; reacted: boolean } {
  const index = candidates.findIndex((candidate) => taken.has(candidate));
  const asked = index < 0 ? candidates : candidates.slice(0, index);
  return { refused: asked.filter(({ guard }) => guard !== undefined).map(refusalOf), reacted: index >= 0 };
}

function refusedFor(eventType: string, before: AnyMachineSnapshot, taken: Transitions): readonly string[] {
  const refused: string[] = [];
  const active = new Set(before._nodes);
  const ask = (node: AnyStateNode): boolean => {
    let reacted = false;
    for (const child of Object.values(node.states)) if (active.has(child) && ask(child)) reacted = true;
    if (reacted) return true;
    const own = refusedBefore(candidatesFor(node, eventType), taken);
    refused.push(...own.refused);
    return own.reacted;
  };
  ask(before.machine.root);
  return refused;
}

function refusedEventless(snapshot: AnyMachineSnapshot, taken: Transitions): readonly string[] {
  const refused: string[] = [];
  for (const leaf of snapshot._nodes.filter(({ states }) => Object.keys(states).length === 0))
    for (let node: AnyStateNode | undefined = leaf; node; node = node.parent) {
      const own = refusedBefore(node.always ?? [], taken);
      refused.push(...own.refused);
      if (own.reacted) break;
    }
  return refused;
}

/** Who may answer an event in a state: exact descriptors first, then partial wildcards (`reply.*`), the longest first. */
function candidatesFor(node: AnyStateNode, eventType: string): readonly AnyTransitionDefinition[] {
  const known = candidatesByType(node);
  let candidates = known.get(eventType);
  if (!candidates) {
    const wildcards = [...node.transitions.keys()]
      .filter((key) => key === '*' || (key.endsWith('.*') && `${eventType}.`.startsWith(key.slice(0, -1))))
      .sort((a, b) => b.length - a.length);
    candidates = [eventType, ...wildcards].flatMap((key) => node.transitions.get(key) ?? []);
    known.set(eventType, candidates);
  }
  return candidates;
}

const candidatesByType: (node: AnyStateNode) => Map<string, readonly AnyTransitionDefinition[]> = remembered(
  () => new Map(),
);
