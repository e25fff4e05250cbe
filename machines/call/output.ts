import type { CallBrief } from './brief.ts';
import type { Destination } from './ports.ts';

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
  | { readonly verb: 'say'; readonly text: string };

export interface CallOutput {
  readonly reason: EndReason;
  readonly next: AfterCall;
}

/**
 * Decides what becomes of a caller whose call chart has ended.
 *
 * Where the agent could not go on, the caller gets a human, or at least a sentence from the carrier's own voice: never a
 * dead line. An emergency that was not handed over, for whatever reason, is dialled by the carrier.
 */
export function outputOf(reason: EndReason, brief: CallBrief, destination: Destination | undefined): CallOutput {
  const stranded = reason === 'voice-failed' || reason === 'recognition-failed';
  const emergency = reason !== 'transferred' && destination?.kind === 'emergency' ? destination.number : undefined;
  const number = emergency ?? (stranded ? brief.human?.number : undefined);
  if (number !== undefined) return { reason, next: { verb: 'dial', number } };
  return { reason, next: stranded ? { verb: 'say', text: brief.script.apology } : { verb: 'hangUp' } };
}
