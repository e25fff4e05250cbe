import type { StateValue } from 'xstate';
import type { CallSnapshot, ReplayStep } from './replay.ts';

/** The conversation's state as a path, for example `responding.thinking`; `ended` at the end. */
export function conversationState({ value }: CallSnapshot): string {
  if (typeof value === 'string') return value;
  const path = (state: StateValue): string =>
    typeof state === 'string'
      ? state
      : Object.entries(state)
          .map(([key, child]) => `${key}.${path(child ?? '')}`)
          .join(' ');
  return path(value.active.conversation);
}

/** Seconds since the call began, to the millisecond and aligned. */
export const timeOf = (ms: number): string => `${(ms / 1000).toFixed(3).padStart(8)} s`;

/** The fields of an event that a reader wants to see, on one line. */
export function detailsOf(event: { readonly type: string }): string {
  const { type: _, input: __, ...rest } = event as unknown as Record<string, unknown>;
  return Object.entries(rest)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(' ');
}

/** One step as one line: when, what, and the new state when it changed. */
export function describeStep({ entry, before, after }: ReplayStep): string {
  const [was, is] = [before && conversationState(before), conversationState(after)];
  const change = was === is ? '' : `  → ${is}`;
  return `${timeOf(entry.atMs)}  ${entry.event.type.padEnd(24)} ${detailsOf(entry.event)}${change}`;
}
