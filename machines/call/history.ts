import { UNINTELLIGIBLE } from './events.ts';
import type { Message } from './ports.ts';

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

/** The agent's last words that were heard, or undefined before the first. */
export const lastAgentWords = (history: readonly Message[]): string | undefined =>
  history.findLast((message) => message.role === 'assistant')?.text;
