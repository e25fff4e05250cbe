import { isDeepStrictEqual } from 'node:util';
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  createMachine,
  fromCallback,
  type InputFrom,
} from 'xstate';
import { statesOf } from '../../statechart/names.ts';
import { remaining, TIME_PASSES, type TimedState } from './timed-model.ts';
import { type Trail, trailOf, type Walk } from './trail.ts';
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

// Machines that tell their parent something need one: without it XState sends the message to the machine itself.
const deaf = createMachine({ on: { '*': {} } });

/** A live actor that only its test drives. */
export interface LiveTwin {
  /** Sends it an event, or lets its clock reach the next timer. */
  take(event: AnyEventObject): void;
  sight(): Sight;
  stop(): void;
}

/**
 * Makes ready to run a machine live, any number of times: each time a new actor on a virtual clock of its own, with inert
 * children. The machine's own actions do run; provide harmless ones, or ports that do nothing in the input.
 */
export function liveTwins<M extends AnyStateMachine>(machine: M, input: InputFrom<M>): () => LiveTwin {
  const inert = withInertChildren(machine);
  return () => {
    const clock = new VirtualClock();
    const parent = createActor(deaf, { clock }).start();
    const actor = createActor(inert, { parent, input } as never);
    // A machine in error is a sight like any other, not an exception of the test.
    actor.subscribe({ error: () => {} });
    actor.start();
    return {
      take: (event) => {
        if (event.type === TIME_PASSES.type) clock.next();
        else actor.send(event as never);
      },
      sight: () => sight(actor.getSnapshot() as AnyMachineSnapshot, clock.remaining),
      stop: () => actor.send({ type: 'xstate.stop' } as never),
    };
  };
}

/**
 * Makes ready to take walks of a machine again, live. What differs points to impurity: an action that sends, a guard that
 * reads the world, a timer outside the machine.
 *
 * @returns takes one walk, and tells the first difference; undefined when there is none
 */
export function liveAgainst<M extends AnyStateMachine>(
  machine: M,
  input: InputFrom<M>,
): (trail: Trail<M>) => Divergence | undefined {
  const start = liveTwins(machine, input);
  return ({ first, edges }) => {
    const twin = start();
    const compare = (step: number, event: AnyEventObject | undefined, state: TimedState<M>): Divergence | undefined => {
      const [pure, live] = [sightOf(state), twin.sight()];
      return isDeepStrictEqual(pure, live) ? undefined : { step, event, pure, live };
    };
    let divergence = compare(0, undefined, first.state);
    for (const [index, { event, state }] of edges.entries()) {
      if (divergence) break;
      twin.take(event);
      divergence = compare(index + 1, event, state);
    }
    twin.stop();
    return divergence;
  };
}

/** Takes one walk, given as events, through the pure timed model and through a live actor; see {@link liveAgainst}. */
export function pureAgainstLive<M extends AnyStateMachine>(
  machine: M,
  { input, walk }: { readonly input: InputFrom<M>; readonly walk: Walk },
): Divergence | undefined {
  return liveAgainst(machine, input)(trailOf(machine, { input, walk }));
}

const sight = ({ status, value, children }: AnyMachineSnapshot, timers: readonly number[]): Sight => ({
  status,
  value,
  children: Object.keys(children).sort(),
  timers,
});

/** What is to be seen of a state of the pure model. */
export const sightOf = (state: TimedState<AnyStateMachine>): Sight =>
  sight(
    state.snapshot,
    remaining(state).map(({ ms }) => ms),
  );
