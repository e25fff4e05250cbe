import type { AnyEventObject, AnyStateMachine, InputFrom } from 'xstate';
import type { SnapshotOf } from '../../statechart/macrostep.ts';
import { goalsReached } from './goals.ts';
import { begin, step, TIME_PASSES, type TimedState, type TimedStep } from './timed-model.ts';

type EdgeParts<M extends AnyStateMachine> = Pick<Edge<M>, 'from' | 'event' | 'index' | 'to'> & {
  readonly step: TimedStep<M>;
  readonly original?: Edge<M>;
};

/** One event sent in one state. */
export class Edge<M extends AnyStateMachine> {
  readonly from: string;
  readonly event: AnyEventObject;
  /** Place of the event among those that may happen there; see {@link happenings}. */
  readonly index: number;
  readonly to: string;
  /** The state after it. Of the way there only the goals are kept: there are too many edges to keep more. */
  readonly state: TimedState<M>;
  /** The goals that were reached on the way; see {@link goalsReached}. */
  readonly goals: readonly string[];
  /** The explorer's own edge, when this is the same one taken from another state with the same key; else this one. */
  readonly original: Edge<M>;
  /** Whether the machine had ended then. */
  readonly ends: boolean;

  constructor({ from, event, index, to, step: taken, original }: EdgeParts<M>) {
    this.from = from;
    this.event = event;
    this.index = index;
    this.to = to;
    this.state = taken.state;
    this.goals = [...goalsReached(taken)];
    this.original = original ?? this;
    this.ends = taken.snapshot.status !== 'active';
  }

  get snapshot(): SnapshotOf<M> {
    return this.state.snapshot;
  }
}

/** Everything a machine can do, as far as key and events tell states and stimuli apart. */
export interface Graph<M extends AnyStateMachine> {
  readonly machine: M;
  readonly options: ExploreOptions<M>;
  /** Key of the first state. */
  readonly start: string;
  readonly first: Pick<Edge<M>, 'state' | 'snapshot' | 'goals'>;
  /** By key, in the order of discovery (breadth first). `state` is the first one found with that key. */
  readonly nodes: ReadonlyMap<string, { readonly state: TimedState<M>; readonly edges: readonly Edge<M>[] }>;
}

export interface ExploreOptions<M extends AnyStateMachine> {
  readonly input: InputFrom<M>;
  /**
   * What may happen in a state that has not ended, apart from time passing, which is tried wherever a timer is armed.
   * Payload variants are several events of one type.
   */
  stimuli(state: TimedState<M>): readonly AnyEventObject[];
  /**
   * Two states with the same key are the same state. Must hold the state value, the timers, and every fact that a guard
   * reads, reduced to the classes the guards tell apart; counters that only grow would make it endless.
   */
  key(state: TimedState<M>): string;
  /** Most states to visit. Default 20,000. */
  readonly limit?: number;
}

/**
 * Visits every state that the stimuli can reach, in simulated time, without running an actor.
 *
 * @throws when there are more than `limit` states (the key is then no abstraction), or when the machine throws
 */
export function explore<M extends AnyStateMachine>(machine: M, options: ExploreOptions<M>): Graph<M> {
  const { input, key, limit = 20_000 } = options;
  const first = begin(machine, input);
  const start = key(first.state);
  const nodes = new Map<string, { state: TimedState<M>; edges: Edge<M>[] }>([
    [start, { state: first.state, edges: [] }],
  ]);
  // A Map may grow while it is iterated: it is its own queue.
  for (const [from, { state, edges }] of nodes) {
    for (const [index, event] of happenings(options, state).entries()) {
      const taken = named(from, event, () => step(machine, state, event));
      const to = key(taken.state);
      edges.push(new Edge({ from, event, index, to, step: taken }));
      if (!nodes.has(to)) nodes.set(to, { state: taken.state, edges: [] });
    }
    if (nodes.size > limit)
      throw new Error(
        `more than ${limit} states; the key must reduce what grows. The last one found: ${[...nodes.keys()].at(-1)}`,
      );
  }
  return { machine, options, start, first: { ...first, goals: [...goalsReached(first)] }, nodes };
}

/** Everything that may happen in a state: its stimuli, and time passing where a timer is armed. Nothing after the end. */
export function happenings<M extends AnyStateMachine>(
  { stimuli }: ExploreOptions<M>,
  state: TimedState<M>,
): readonly AnyEventObject[] {
  if (state.snapshot.status !== 'active') return [];
  return [...stimuli(state), ...(state.timers.length > 0 ? [TIME_PASSES] : [])];
}

/** XState throws what an action or a guard throws; the walk needs to know where. */
function named<T>(from: string, event: AnyEventObject, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new Error(`${JSON.stringify(event)} in ${from}: ${String(cause)}`, { cause });
  }
}

/** Keys of states from which no state with `status` other than active can be reached: calls that would never end. */
export function endless<M extends AnyStateMachine>({ nodes }: Graph<M>): readonly string[] {
  const cameFrom = new Map<string, string[]>();
  const ending = new Set<string>();
  for (const [key, { state, edges }] of nodes) {
    if (state.snapshot.status !== 'active') ending.add(key);
    for (const { to } of edges) cameFrom.set(to, [...(cameFrom.get(to) ?? []), key]);
  }
  for (const key of ending) for (const earlier of cameFrom.get(key) ?? []) ending.add(earlier);
  return [...nodes.keys()].filter((key) => !ending.has(key));
}

/**
 * The failure of each child that runs in a state, as the event XState would send. Add them to the stimuli to see what
 * becomes of the machine when a child breaks, anywhere.
 */
export function childFailures(state: TimedState<AnyStateMachine>): readonly AnyEventObject[] {
  return Object.keys(state.snapshot.children).map((id) => ({
    type: `xstate.error.actor.${id}`,
    actorId: id,
    error: new Error(`${id} broke`),
  }));
}
