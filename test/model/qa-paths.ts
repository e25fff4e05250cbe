import { TestModel, type TestPath } from '@xstate/graph';
import type { ActorLogic, AnyEventObject, AnyStateMachine } from 'xstate';
import { happenings } from '../support/explore.ts';
import { begin, step, type TimedState } from '../support/timed-model.ts';
import type { View } from './chart-model.ts';

/** A state of the timed model in the form that XState asks of every actor. */
export interface TimedSnapshot<M extends AnyStateMachine> {
  /** Always, also after the end, where nothing happens any more: the library needs no more of it. */
  status: 'active';
  output: undefined;
  error: undefined;
  readonly timed: TimedState<M>;
}

export type QaPath<M extends AnyStateMachine> = TestPath<TimedSnapshot<M>, AnyEventObject>;

/** What a path is taken with. */
export interface SystemUnderTest<M extends AnyStateMachine> {
  /** Carries out an event. */
  execute(event: AnyEventObject): void;
  /** Called after the beginning and after every step. @param model the state that the system should be in */
  check(model: TimedState<M>): void;
}

/**
 * The test model of `@xstate/graph` over a view of a chart.
 *
 * Its own `createTestModel()` refuses machines with `invoke` or `after`, and would let timers fire in any order. So the
 * library is given the timed model as logic of an actor: time passing is one more event.
 */
export class QaModel<M extends AnyStateMachine> {
  readonly #machine: M;
  readonly #view: View<M>;
  readonly #model: TestModel<TimedSnapshot<M>, AnyEventObject, undefined>;

  constructor(machine: M, view: View<M>) {
    this.#machine = machine;
    this.#view = view;
    const snapshotOf = (timed: TimedState<M>): TimedSnapshot<M> => ({
      status: 'active',
      output: undefined,
      error: undefined,
      timed,
    });
    const logic: ActorLogic<TimedSnapshot<M>, AnyEventObject, undefined> = {
      getInitialSnapshot: () => snapshotOf(begin(machine, view.input).state),
      transition: ({ timed }, event) => snapshotOf(step(machine, timed, event).state),
      getPersistedSnapshot: (snapshot) => snapshot,
    };
    this.#model = new TestModel(logic, {
      events: ({ timed }) => happenings(view, timed),
      serializeState: ({ timed }) => view.key(timed),
      serializeEvent: (event) => JSON.stringify(event),
    });
  }

  /** The shortest path to every state, without those that are the beginning of another. */
  shortestPaths(): readonly QaPath<M>[] {
    return this.#model.getShortestPaths();
  }

  /**
   * Takes paths with `path.test()` of the library. That leaves out, in silence, every event whose type has no executor:
   * here all types have the same one, and whoever was left out is missed.
   *
   * A state of a path stands for many, and the library found its events in one of them: where the path really is, an
   * event has the payload of that moment.
   *
   * @throws when a path goes to another state than it says, or leaves an event out; whatever the system under test throws
   */
  async take(paths: readonly QaPath<M>[], start: () => SystemUnderTest<M>): Promise<void> {
    const homes = this.#model.getAdjacencyMap();
    for (const path of paths) {
      const system = start();
      let state = begin(this.#machine, this.#view.input).state;
      let executed = 0;
      const executor = ({ event }: { readonly event: AnyEventObject }): void => {
        if (event.type === 'xstate.init') return;
        const home = homes[this.#view.key(state) as keyof typeof homes]?.state.timed;
        const chosen = home ? this.#asHere(event, home, state) : event;
        state = step(this.#machine, state, chosen).state;
        system.execute(chosen);
        executed++;
      };
      const check = ({ timed }: TimedSnapshot<M>): void => {
        const [should, is] = [this.#view.key(timed), this.#view.key(state)];
        if (should !== is) throw new Error(`the path goes to ${is} and not to ${should}`);
        system.check(state);
      };
      await path.test({ events: new Proxy({}, { get: () => executor }), states: { '*': check } });
      if (executed !== path.steps.length - 1)
        throw new Error(`${executed} of ${path.steps.length - 1} events were executed`);
    }
  }

  #asHere(event: AnyEventObject, home: TimedState<M>, here: TimedState<M>): AnyEventObject {
    const text = JSON.stringify(event);
    const index = happenings(this.#view, home).findIndex((one) => JSON.stringify(one) === text);
    const candidate = happenings(this.#view, here)[index];
    return candidate?.type === event.type ? candidate : event;
  }
}
