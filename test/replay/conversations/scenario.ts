import type { CallBrief } from '../../../machines/call/brief.ts';
import type { EndReason } from '../../../machines/call/output.ts';
import type { Conversation } from './conversation.ts';

/** A kind of call, played to its end. */
export interface Scenario {
  /** Of its fixture. */
  readonly name: string;
  readonly brief?: Partial<CallBrief>;
  readonly ends: EndReason;
  play(conversation: Conversation): void | Promise<void>;
}

/** What callers ask, and what they are answered. */
export const BREAKFAST = 'when is breakfast served';
export const FROM_SEVEN = 'Breakfast is served from seven to ten.';
export const IN_THE_HALL = 'You find it in the great hall.';
