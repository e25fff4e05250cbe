import type { CallContext } from './context.ts';
import type { Destination, HandOverNote, HandOverReason } from './ports.ts';

/** Adds to a queue what is told of the caller who is sent there; a number is dialled without a word. */
export const noted = (destination: Destination, note: HandOverNote): Destination =>
  'number' in destination ? destination : { ...destination, note };

/** What is told of a caller whom the agent hands over. */
export const noteOf = (context: CallContext): HandOverNote => ({
  callSid: context.brief.callSid,
  agent: context.brief.agent,
  reason: reasonOf(context),
  turns: context.history.filter(({ role }) => role === 'user').length,
});

/** An end that stranded the caller tells it; before the end, an agent whose last answer failed does. */
function reasonOf({ reason, failures }: CallContext): HandOverReason {
  if (reason === 'voice-failed' || reason === 'recognition-failed' || reason === 'line-dropped') return reason;
  return failures > 0 ? 'agent-failed' : 'requested';
}
