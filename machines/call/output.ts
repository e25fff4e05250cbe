import type { CallContext } from './context.ts';
import { noted, noteOf } from './hand-over-note.ts';
import type { Destination, HandOverNote } from './ports.ts';

/** Why a call ended. */
export type EndReason =
  | 'caller-hung-up'
  | 'agent-hung-up'
  | 'silence'
  | 'max-length'
  | 'operator'
  | 'transferred'
  | 'emergency'
  | 'line-dropped'
  | 'voice-failed'
  | 'recognition-failed';

/** What the carrier does with the caller once the stream is closed; the `<Connect action>` webhook answers with it. */
export type AfterCall =
  | { readonly verb: 'hangUp' }
  | { readonly verb: 'dial'; readonly number: string }
  | { readonly verb: 'enqueue'; readonly queue: string; readonly note?: HandOverNote }
  | { readonly verb: 'say'; readonly text: string };

/** The ways to somebody else. */
export type HandOverVerb = Extract<AfterCall, { readonly verb: 'dial' | 'enqueue' }>;

export interface CallOutput {
  readonly reason: EndReason;
  readonly next: AfterCall;
}

/** Ends that leave a caller on the line whom the agent can no longer serve. */
const STRANDED: ReadonlySet<EndReason> = new Set(['voice-failed', 'recognition-failed', 'line-dropped']);

/**
 * Decides what becomes of a caller whose call chart has ended.
 *
 * Where the agent could not go on, the caller gets a human, or at least a sentence from the carrier's own voice: never a
 * dead line. An emergency is dialled by the carrier, for whatever reason its hand-over did not come about; so is the
 * number, or joined the queue, of a hand-over that the carrier accepted, should it ask here before it carries it out.
 */
export function outputOf(context: CallContext): CallOutput {
  const { brief, destination, reason = 'caller-hung-up' } = context;
  const promised = reason === 'transferred' || destination?.kind === 'emergency' ? destination : undefined;
  const target = promised ?? (STRANDED.has(reason) ? brief.human : undefined);
  if (target !== undefined) return { reason, next: leadingTo(noted(target, noteOf(context))) };
  return { reason, next: STRANDED.has(reason) ? { verb: 'say', text: brief.script.brokenOff } : { verb: 'hangUp' } };
}

/** How the carrier brings a caller there. */
export function leadingTo(destination: Destination): HandOverVerb {
  if ('number' in destination) return { verb: 'dial', number: destination.number };
  const { queue, note } = destination;
  return { verb: 'enqueue', queue, ...(note && { note }) };
}
