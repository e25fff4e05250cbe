import type { AnyEventObject, AnyStateMachine } from 'xstate';
import { remaining, type TimedState } from '../support/timed-model.ts';

/** What a service reports that could not do its work. */
export const failure = (retryable: boolean) => ({ code: 'unavailable', message: 'down', retryable }) as const;

/** Which timers are armed, and how far each is: for keys of charts with few timers. */
export const timers = (state: TimedState<AnyStateMachine>): readonly string[] =>
  remaining(state).map(({ id, ms }) => `${id} ${ms}`);

/** Events that come from a child, while it is alive. */
export const fromChild = (
  child: string,
  state: TimedState<AnyStateMachine>,
  events: readonly AnyEventObject[],
): readonly AnyEventObject[] => (Object.hasOwn(state.snapshot.children, child) ? events : []);
