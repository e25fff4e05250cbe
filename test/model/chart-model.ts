import type { AnyStateMachine } from 'xstate';
import type { ExploreOptions } from '../support/explore.ts';
import type { TimedState, TimedStep } from '../support/timed-model.ts';

/**
 * One way to look at a chart: which stimuli are tried, and what tells its states apart.
 *
 * Crossing everything with everything would be hundreds of thousands of states. Each view is complete in itself, and
 * together the views of a chart take every transition.
 */
export interface View<M extends AnyStateMachine = AnyStateMachine> extends ExploreOptions<M> {
  /** For people, and unique among the views of its chart. */
  readonly name: string;
}

/** Something that is true after every step of every walk. */
export interface Law<M extends AnyStateMachine = AnyStateMachine> {
  /** In words, for people. */
  readonly law: string;
  /** @param before undefined when the machine has just been started */
  holds(taken: Pick<TimedStep<M>, 'state' | 'snapshot'>, before: TimedState<M> | undefined): boolean;
}

/** A chart of the product, the views that show all of it, and the laws it keeps. */
export interface ChartModel<M extends AnyStateMachine = AnyStateMachine> {
  readonly machine: M;
  readonly views: readonly View<M>[];
  readonly laws: readonly Law<M>[];
  /** States that may wait for ever, by id, each with the reason why. */
  readonly mayWait: Readonly<Record<string, string>>;
}

/** What every chart keeps, whatever it is about. */
export const COMMON_LAWS: readonly Law[] = [
  {
    law: 'No failure of a child, and no event, ends the chart with an error.',
    holds: ({ snapshot }) => snapshot.status !== 'error',
  },
  {
    law: 'After the end no timer is armed and no child is alive.',
    holds: ({ snapshot, state }) =>
      snapshot.status === 'active' || (state.timers.length === 0 && Object.keys(snapshot.children).length === 0),
  },
];
