import { z } from 'zod';
import { phraseText } from './phrase-text.ts';

/** A day, as `2026-11-20`. Past days are refused. */
const dateSlot = z.strictObject({ kind: z.literal('date') });

/** A time of day, as `19:30`. Without "in the morning" it is the reading inside the task's opening hours. */
const timeSlot = z.strictObject({ kind: z.literal('time') });

/** A whole number with its unit, as `4` ("four people"). */
const numberSlot = z.strictObject({
  kind: z.literal('number'),
  min: z.int().min(0),
  max: z.int().max(99),
  /** How the agent says it: one person, many people. */
  unit: z.strictObject({ one: z.string().min(1), many: z.string().min(1) }),
  /** Other words that callers use for the unit. */
  alsoSaid: z.array(z.string().min(1)).default([]),
  /** Fixed expressions: `just me` is 1. */
  forms: z.array(z.strictObject({ say: phraseText, value: z.int() })).default([]),
  /** Whether `for four` alone means this slot. */
  afterFor: z.boolean().default(false),
  /** Said when the number is outside min and max. */
  outside: z.string().min(1),
});

/** Somebody's name, as `John Smith`. */
const nameSlot = z.strictObject({ kind: z.literal('name') });

/** One of a list. */
const choiceSlot = z.strictObject({
  kind: z.literal('choice'),
  /** What callers call it: the room, the reason. */
  called: z.array(phraseText).default([]),
  options: z.array(z.strictObject({ value: z.string().min(1), say: z.array(phraseText).min(1) })).min(2),
});

/** What a task needs to know, by the kind of its value. */
export const slotSchema = z.discriminatedUnion('kind', [dateSlot, timeSlot, numberSlot, nameSlot, choiceSlot]);

export type Slot = z.output<typeof slotSchema>;
export type NumberSlot = Extract<Slot, { kind: 'number' }>;
export type ChoiceSlot = Extract<Slot, { kind: 'choice' }>;

/** A slot's value: text for dates (`2026-11-20`), times (`19:30`), names and choices; a number for numbers. */
export type SlotValue = string | number;

/** What callers call a slot when they want to change it: "the time", "the number of people". */
export function slotNames(slot: Slot): readonly string[] {
  switch (slot.kind) {
    case 'date':
      return ['date', 'day'];
    case 'time':
      return ['time'];
    case 'number':
      return [`number of ${slot.unit.many}`, slot.unit.many];
    case 'name':
      return ['name'];
    case 'choice':
      return slot.called;
  }
}
