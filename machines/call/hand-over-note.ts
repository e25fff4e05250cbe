import type { CallContext } from './context.ts';
import type { Destination, HandOverReason } from './ports.ts';

/** Adds to a queue what is told of the caller who is sent there; a number is dialled without a word. */
export function noted(destination: Destination, context: CallContext): Destination {
  if ('number' in destination) return destination;
  const { callSid, agent } = context.brief;
  const turns = context.history.filter(({ role }) => role === 'user').length;
  return { ...destination, note: { callSid, agent, reason: reasonOf(context), turns } };
}

/** An end that stranded the caller tells it; before the end, an agent whose last answer failed does. */
function reasonOf({ reason, failures }: CallContext): HandOverReason {
  if (reason === 'voice-failed' || reason === 'recognition-failed' || reason === 'line-dropped') return reason;
  return failures > 0 ? 'agent-failed' : 'requested';
}
