import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  createMachine,
  fromCallback,
  type InputFrom,
} from 'xstate';
import { statesOf } from '../../visualizations/chart/statechart.ts';
import type { Walk } from './covering-walks.ts';
import { begin, remaining, step, TIME_PASSES, type TimedState } from './timed-model.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What must be the same in both worlds after every step. */
export interface Sight {
  readonly status: string;
  readonly value: unknown;
  /** Ids of the running children, sorted. */
  readonly children: readonly string[];
  /** In how many milliseconds each armed timer fires, soonest first. */
  readonly timers: readonly number[];
}

/** The first step after which the two worlds differ. */
export interface Divergence {
  /** 0 is the start; 1 is the first event of the walk. */
  readonly step: number;
  readonly event: AnyEventObject | undefined;
  readonly pure: Sight;
  readonly live: Sight;
}

/** The machine with children that start, stay and do nothing, so that only the walk drives it. */
export function withInertChildren<M extends AnyStateMachine>(machine: M): M {
  const inert = fromCallback(() => {});
  const names = new Set(statesOf(machine).flatMap((node) => node.invoke.map(({ src }) => String(src))));
  return machine.provide({ actors: Object.fromEntries([...names].map((name) => [name, inert])) }) as M;
}

/**
 * Takes the same walk through the pure timed model and through a live actor with a virtual clock and inert children.
 *
 * What differs points to impurity: an action that sends, a guard that reads the world, a timer outside the machine.
 * The machine's own actions do run; provide harmless ones, or ports that do nothing in the input.
 *
 * @returns the first difference; undefined when there is none
 */
export function pureAgainstLive<M extends AnyStateMachine>(
  machine: M,
  { input, walk }: { readonly input: InputFrom<M>; readonly walk: Walk },
): Divergence | undefined {
  const clock = new VirtualClock();
  // Machines that tell their parent something need one: without it XState sends the message to the machine itself.
  const parent = createActor(createMachine({ on: { '*': {} } }), { clock }).start();
  const actor = createActor(withInertChildren(machine), { parent, input } as never);
  // A machine in error is a sight like any other, not an exception of the test.
  actor.subscribe({ error: () => {} });
  let { state } = begin(machine, input);
  actor.start();
  const compare = (index: number, event: AnyEventObject | undefined): Divergence | undefined => {
    const [pure, live] = [sightOf(state), sightOfLive(actor.getSnapshot() as AnyMachineSnapshot, clock)];
    return JSON.stringify(pure) === JSON.stringify(live) ? undefined : { step: index, event, pure, live };
  };
  let divergence = compare(0, undefined);
  for (const [index, event] of walk.entries()) {
    if (divergence) break;
    state = step(machine, state, event).state;
    if (event.type === TIME_PASSES.type) clock.next();
    else actor.send(event as never);
    divergence = compare(index + 1, event);
  }
  actor.send({ type: 'xstate.stop' } as never);
  return divergence;
}

const sight = ({ status, value, children }: AnyMachineSnapshot, timers: readonly number[]): Sight => ({
  status,
  value,
  children: Object.keys(children).sort(),
  timers,
});

const sightOf = (state: TimedState<AnyStateMachine>): Sight =>
  sight(
    state.snapshot,
    remaining(state).map(({ ms }) => ms),
  );
const sightOfLive = (snapshot: AnyMachineSnapshot, clock: VirtualClock): Sight => sight(snapshot, clock.remaining);
