import { UNINTELLIGIBLE } from './events.ts';
import type { Message } from './ports.ts';

/** The result of a tool whose turn was dropped: it may or may not have done its work. */
const TOOL_INTERRUPTED = JSON.stringify({ error: 'interrupted; whether it was carried out is not known' });

/**
 * Adds what the caller said. Speech that follows an unanswered turn belongs to it: the two become one user turn, so that
 * a caller who speaks on never gets an answer to the first half.
 */
export function withCallerTurn(history: readonly Message[], text: string): readonly Message[] {
  const last = history.at(-1);
  if (last?.role !== 'user') return [...history, { role: 'user', text }];
  if (text === UNINTELLIGIBLE) return history;
  const merged = last.text === UNINTELLIGIBLE ? text : `${last.text} ${text}`;
  return [...history.slice(0, -1), { role: 'user', text: merged }];
}

/** Adds what the caller heard of the agent; silence leaves no trace. */
export function withAgentTurn(history: readonly Message[], text: string, interrupted = false): readonly Message[] {
  if (text === '') return history;
  return [...history, { role: 'assistant', text, ...(interrupted && { interrupted: true as const }) }];
}

/** Adds the rest of what the agent was saying when it was cut: it is one turn, as if nobody had interrupted. */
export function withAgentGoingOn(history: readonly Message[], text: string): readonly Message[] {
  const last = history.at(-1);
  if (text === '' || last?.role !== 'assistant' || !last.interrupted) return withAgentTurn(history, text);
  return [...history.slice(0, -1), { role: 'assistant', text: `${last.text} ${text}` }];
}

/** Gives the tool call that is still open its one result: a model accepts no history with a call that was never answered. */
export function withToolClosed(history: readonly Message[]): readonly Message[] {
  const last = history.at(-1);
  if (last?.role !== 'toolCall') return history;
  return [...history, { role: 'toolResult', id: last.id, result: TOOL_INTERRUPTED }];
}

/** The agent's last words that were heard, or undefined before the first. */
export const lastAgentWords = (history: readonly Message[]): string | undefined =>
  history.findLast((message) => message.role === 'assistant')?.text;
