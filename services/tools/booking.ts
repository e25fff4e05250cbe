import { z } from 'zod';
import type { SlotValue } from '../../agents/slot.ts';

/** Something arranged in this call. */
export interface Booking {
  /** A letter and two digits, easy to say and to write down: `K47`. */
  readonly reference: string;
  /** Name of the profile's task. */
  readonly task: string;
  readonly status: 'booked' | 'cancelled';
  /** By slot name. */
  readonly details: Readonly<Record<string, SlotValue>>;
}

/** Why a booking is refused. */
export interface Problem {
  readonly problem: 'invalid' | 'past' | 'closed' | 'outside' | 'unknown-reference' | 'nothing-booked';
  /** The slot that has to change, if it is one. */
  readonly slot?: string | undefined;
  /** A sentence for the caller. */
  readonly message: string;
}

/** What a booking tool returns, as JSON text. Both a language model and the local brain read it. */
export type ToolResult = { readonly ok: true; readonly booking: Booking } | ({ readonly ok: false } & Problem);

/** Reads a {@link ToolResult} back out of a conversation. */
export const toolResultSchema: z.ZodType<ToolResult> = z.union([
  z.object({
    ok: z.literal(true),
    booking: z.object({
      reference: z.string(),
      task: z.string(),
      status: z.enum(['booked', 'cancelled']),
      details: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  }),
  z.object({
    ok: z.literal(false),
    problem: z.enum(['invalid', 'past', 'closed', 'outside', 'unknown-reference', 'nothing-booked']),
    slot: z.string().optional(),
    message: z.string(),
  }),
]);

/** The tools that every profile with tasks has, beside one per task. */
export const BOOKING_TOOLS = {
  lookUp: 'look_up_booking',
  change: 'change_booking',
  cancel: 'cancel_booking',
} as const;

/** Finds a fact by a question; for language models. */
export const LOOK_UP_FACT = 'look_up_fact';
