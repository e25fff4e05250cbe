import { callMachine } from '../machines/call/machine.ts';
import { candidatesOf, stateId, statesOf, triggerOf } from '../statechart/names.ts';
import type { ReplayStep } from './replay.ts';

/** A timer of the chart that is armed. */
export interface ArmedTimer {
  /** The event that it sends. */
  readonly type: string;
  /** On the journal's clock (ms). */
  readonly dueAtMs: number;
}

/** The chart's `after` transitions by the events that XState sends for them. */
const delayed = new Map(
  statesOf(callMachine)
    .flatMap((node) => candidatesOf(node).flat())
    .filter(({ eventType }) => eventType.startsWith('xstate.after.'))
    .map((transition) => [
      transition.eventType,
      { delay: triggerOf(transition).replace(/^after /, ''), state: stateId(transition.source) },
    ]),
);

/**
 * A timer's event in words: its delay, and the state in which it was armed. Undefined for any other event, and for a timer
 * that today's chart does not have.
 */
export const timerOf = (type: string): { readonly delay: string; readonly state: string } | undefined =>
  delayed.get(type);

/** What XState says of a delayed raise, and of its cancellation. */
interface TimerParameters {
  readonly id?: string;
  readonly delay?: number;
  readonly event?: { readonly type: string };
  readonly sendId?: string;
}

/** Follows a replay and knows which timers today's chart has armed. They ring when the journal says so, not when they are due. */
export class ArmedTimers {
  readonly #armed = new Map<string, ArmedTimer>();

  /** To be called after each step, in order. */
  follow({ entry, after, effects }: ReplayStep): void {
    // XState arms an `after` under the type of the event that it sends.
    this.#armed.delete(entry.event.type);
    for (const { type, params } of effects) {
      const { id, delay, event, sendId } = (params ?? {}) as TimerParameters;
      if (type === 'xstate.cancel' && sendId !== undefined) this.#armed.delete(sendId);
      if (type === 'xstate.raise' && delay !== undefined && event)
        this.#armed.set(id ?? event.type, { type: event.type, dueAtMs: entry.atMs + delay });
    }
    if (after.status !== 'active') this.#armed.clear();
  }

  /** Soonest first. */
  get armed(): readonly ArmedTimer[] {
    return [...this.#armed.values()].sort((a, b) => a.dueAtMs - b.dueAtMs);
  }
}
