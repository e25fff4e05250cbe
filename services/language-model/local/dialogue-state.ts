import type { SlotValue } from '../../../agents/slot.ts';
import type { Booking } from '../../tools/booking.ts';
import type { Meaning } from './classifier.ts';
import type { Mention } from './mentions.ts';

/** Something being arranged: what is known so far. */
export interface Draft {
  /** Name of the profile's task. */
  readonly task: string;
  readonly values: Readonly<Record<string, SlotValue>>;
  /** The booking that this changes; absent for a new one. */
  readonly changes?: Booking;
}

/** What the agent's last question was about. */
export type Focus =
  | { readonly kind: 'open' }
  /** "Is there anything else?": a no is a goodbye. */
  | { readonly kind: 'anythingElse' }
  | { readonly kind: 'slot'; readonly draft: Draft; readonly slot: string }
  | { readonly kind: 'confirm'; readonly draft: Draft }
  | { readonly kind: 'change'; readonly draft: Draft }
  | { readonly kind: 'cancel'; readonly booking: Booking }
  /** "Do you mean this, or that?" `mentions` were said with it. */
  | {
      readonly kind: 'clarify';
      readonly options: readonly Meaning[];
      readonly mentions: readonly Mention[];
      readonly before: Focus;
    }
  | { readonly kind: 'offerHuman'; readonly before: Focus };

/** Where a conversation stands: folded from its history, kept nowhere else. */
export interface DialogueState {
  readonly focus: Focus;
  /** How often each line, question and fact was said: wording varies by count. */
  readonly said: Readonly<Record<string, number>>;
  /** Utterances in a row that were not understood. */
  readonly misunderstood: number;
  /** The agent's last answer in full, for "say that again". */
  readonly lastAnswer: string;
  /** What the caller heard since they last spoke; undefined when it was nothing. */
  readonly heard?: { readonly text: string; readonly interrupted: boolean } | undefined;
  /** As the tools returned them, the latest last. */
  readonly bookings: readonly Booking[];
}

export const START: DialogueState = {
  focus: { kind: 'open' },
  said: {},
  misunderstood: 0,
  lastAnswer: '',
  bookings: [],
};

/** What the agent does next: says something, or calls a tool, and where that leads. */
export interface Move {
  readonly state: DialogueState;
  readonly say: string;
  readonly call?: { readonly name: string; readonly arguments: Readonly<Record<string, SlotValue>> };
}
