import type { AnyEventObject, AnyStateMachine, InputFrom } from 'xstate';
import { type Effect, type Macrostep, macrostep, type SnapshotOf } from '../../statechart/macrostep.ts';

/** Lets time pass until the next timer is due. The only event that moves the clock of the timed model. */
export const TIME_PASSES = { type: 'clock.next' } as const satisfies AnyEventObject;

/** A timer that is armed: an `after`, or an event raised with a delay. */
export interface PendingTimer {
  readonly id: string;
  /** Milliseconds since the beginning. */
  readonly dueAt: number;
  readonly event: AnyEventObject;
}

/** A machine and its timers at one moment. */
export interface TimedState<M extends AnyStateMachine> {
  /** Milliseconds since the beginning. */
  readonly now: number;
  readonly snapshot: SnapshotOf<M>;
  /** In the order in which they were armed. */
  readonly timers: readonly PendingTimer[];
}

/** A step of the timed model: where it leads, and how the machine got there. */
export interface TimedStep<M extends AnyStateMachine> extends Macrostep<M> {
  readonly state: TimedState<M>;
}

/** Starts the machine at 0 ms. */
export function begin<M extends AnyStateMachine>(machine: M, input: InputFrom<M>): TimedStep<M> {
  return timed(macrostep(machine, { input }), { now: 0, timers: [] });
}

/**
 * Sends one event, or lets time pass with {@link TIME_PASSES}; that does nothing when no timer is armed.
 *
 * @returns the very same state when nobody handled the event
 */
export function step<M extends AnyStateMachine>(machine: M, state: TimedState<M>, event: AnyEventObject): TimedStep<M> {
  if (event.type !== TIME_PASSES.type) {
    const reaction = macrostep(machine, { snapshot: state.snapshot, event });
    const ignored = reaction.snapshot === state.snapshot && reaction.effects.length === 0;
    return ignored ? { ...reaction, state } : timed(reaction, state);
  }
  const [due] = state.timers.toSorted((a, b) => a.dueAt - b.dueAt);
  if (!due) return { state, snapshot: state.snapshot, effects: [], microsteps: [] };
  const timers = state.timers.filter((timer) => timer !== due);
  return timed(macrostep(machine, { snapshot: state.snapshot, event: due.event }), { now: due.dueAt, timers });
}

/** In how many milliseconds each timer fires, soonest first, with its name. */
export function remaining({ now, timers }: TimedState<AnyStateMachine>): readonly { id: string; ms: number }[] {
  return timers
    .map(({ id, dueAt }) => ({ id, ms: dueAt - now }))
    .toSorted((a, b) => a.ms - b.ms || (a.id < b.id ? -1 : 1));
}

function timed<M extends AnyStateMachine>(
  reaction: Macrostep<M>,
  { now, timers }: Pick<TimedState<M>, 'now' | 'timers'>,
): TimedStep<M> {
  const { snapshot, effects } = reaction;
  // An actor that has ended cancels whatever it had armed.
  const left = snapshot.status === 'active' ? effects.reduce((armed, effect) => fold(armed, effect, now), timers) : [];
  return { ...reaction, state: { now, snapshot, timers: left } };
}

/** Timers reach us as described effects: a delayed raise arms one, a cancel disarms it. */
function fold(timers: readonly PendingTimer[], { type, params }: Effect, now: number): readonly PendingTimer[] {
  if (type === 'xstate.raise') {
    const { id, delay, event } = params as { id?: string; delay?: number; event: AnyEventObject };
    if (delay === undefined) return timers;
    const timer = { id: id ?? event.type, dueAt: now + delay, event };
    return [...timers.filter((other) => other.id !== timer.id), timer];
  }
  if (type === 'xstate.cancel') {
    const { sendId } = params as { sendId: string };
    return timers.filter(({ id }) => id !== sendId);
  }
  return timers;
}
