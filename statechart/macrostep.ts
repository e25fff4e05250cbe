import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyTransitionDefinition,
  createActor,
  fromTransition,
  type InputFrom,
} from 'xstate';

/** What the machine asks its surroundings to do: actions, child starts and stops, timers. Nothing of it is carried out. */
export interface Effect {
  readonly type: string;
  readonly params?: unknown;
}

/** One selection of transitions within a macrostep: for the event itself, for a raised event, or for none (`always`). */
export interface Microstep {
  /** Undefined when the machine is just being started. */
  readonly before: AnyMachineSnapshot | undefined;
  readonly after: AnyMachineSnapshot;
  /** Undefined when the transitions are eventless. */
  readonly event: AnyEventObject | undefined;
  /** Empty when nobody handled the event. */
  readonly transitions: readonly AnyTransitionDefinition[];
}

/** The snapshot of a machine; unlike XState's `SnapshotFrom` it has its fields while `M` is still open. */
export type SnapshotOf<M extends AnyStateMachine> = ReturnType<M['transition']>;

/** A machine's whole reaction to one event. */
export interface Macrostep<M extends AnyStateMachine> {
  readonly snapshot: SnapshotOf<M>;
  readonly effects: readonly Effect[];
  readonly microsteps: readonly Microstep[];
}

/** Does nothing, and costs little: there are two in every step. */
const stage = fromTransition(() => null, null);

/**
 * Plays one macrostep without an actor, as XState's own `initialTransition()` and `transition()` do, and also tells
 * which transitions were taken on the way, raised events and `always` included.
 *
 * @param from undefined: the very first step, out of nothing, with `input`
 */
export function macrostep<M extends AnyStateMachine>(
  machine: M,
  from: { readonly snapshot: SnapshotOf<M>; readonly event: AnyEventObject } | { readonly input: InputFrom<M> },
): Macrostep<M> {
  const effects: Effect[] = [];
  const microsteps: Microstep[] = [];
  let before: AnyMachineSnapshot | undefined = 'snapshot' in from ? (from.snapshot as AnyMachineSnapshot) : undefined;
  // A fresh, empty actor system for each step: a child's systemId never collides with that of an earlier step. Its root is
  // the parent of the machine, which a machine that tells its parent something needs.
  const parent = createActor(stage, {
    inspect: (inspected) => {
      if (inspected.type !== '@xstate.microstep' || inspected.actorRef !== self) return;
      const after = inspected.snapshot as AnyMachineSnapshot;
      const { _transitions: transitions } = inspected;
      const eventless = transitions.length > 0 && transitions.every(({ eventType }) => eventType === '');
      microsteps.push({ before, after, event: eventless ? undefined : inspected.event, transitions });
      before = after;
    },
  });
  const self = createActor(stage, { parent });
  const scope = {
    self: self as never,
    id: '',
    sessionId: '',
    system: self.system,
    logger: () => {},
    defer: () => {},
    emit: () => {},
    stopChild: () => {},
    actionExecutor: (action: Effect) => effects.push(action),
  } as never;
  const snapshot =
    'snapshot' in from
      ? machine.transition(from.snapshot as never, from.event as never, scope)
      : machine.getInitialSnapshot(scope, from.input as never);
  return { snapshot: snapshot as SnapshotOf<M>, effects, microsteps };
}
