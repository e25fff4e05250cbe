import { type AnyEventObject, type AnyStateNode, raise } from 'xstate';

type DelayExpression = (args: unknown, params: unknown) => number;

/** What XState puts into a state's entry for each of its delays. */
interface Timer {
  readonly id: string;
  readonly event: AnyEventObject;
  /** ms, or the name of a delay. */
  readonly delay: number | string;
}

const fieldsOf = (action: unknown): Readonly<Record<string, unknown>> => action as Readonly<Record<string, unknown>>;

/** Takes the timer behind an `after` out of a state. */
export function disarm(node: AnyStateNode, eventType: string): void {
  node.entry = node.entry.filter((action) => fieldsOf(action).id !== eventType);
  node.exit = node.exit.filter((action) => fieldsOf(action).sendId !== eventType);
}

/** Makes the timer behind an `after` run `factor` times as long. */
export function stretch(node: AnyStateNode, eventType: string, factor: number): void {
  node.entry = node.entry.map((action) => {
    if (fieldsOf(action).id !== eventType) return action;
    const { id, event, delay } = action as unknown as Timer;
    const stretched: DelayExpression = (args, params) => factor * durationOf(node, delay)(args, params);
    return raise(event, { id, delay: stretched }) as unknown as typeof action;
  });
}

function durationOf({ machine }: AnyStateNode, delay: number | string): DelayExpression {
  const definition: unknown = typeof delay === 'string' ? machine.implementations.delays[delay] : delay;
  if (typeof definition === 'function') return definition as DelayExpression;
  if (typeof definition === 'number') return () => definition;
  throw new Error(`${machine.id} has no delay "${delay}"`);
}
