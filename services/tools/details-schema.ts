import { z } from 'zod';
import type { Profile, Task } from '../../agents/profile.ts';
import type { Slot, SlotValue } from '../../agents/slot.ts';

function valueSchema(slot: Slot): z.ZodType<SlotValue> {
  switch (slot.kind) {
    case 'date':
      return z.iso.date().describe('for example 2026-11-20');
    case 'time':
      return z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 19:30')
        .describe('24 hours, for example 19:30');
    case 'number':
      return z.int().describe(`number of ${slot.unit.many}`);
    case 'name':
      return z.string().trim().min(1).max(80);
    case 'choice':
      return z.enum(slot.options.map(({ value }) => value));
  }
}

/** The arguments of a task's tool: one required value for each slot, nothing else. */
export function detailsSchema(profile: Profile, task: Task): z.ZodType<Record<string, SlotValue>> {
  return z.strictObject(slotShape(profile, [task]));
}

/** The arguments of a change: the reference, and the values that are new. */
export function changeSchema(profile: Profile): z.ZodType<{ reference: string } & Record<string, SlotValue>> {
  const optional = Object.entries(slotShape(profile, profile.tasks)).map(([name, schema]) => [name, schema.optional()]);
  return z.strictObject({ ...Object.fromEntries(optional), reference: z.string() }) as unknown as z.ZodType<
    { reference: string } & Record<string, SlotValue>
  >;
}

function slotShape(profile: Profile, tasks: readonly Task[]): Record<string, z.ZodType<SlotValue>> {
  const shape: Record<string, z.ZodType<SlotValue>> = {};
  for (const { slot: name } of tasks.flatMap(({ slots }) => slots)) {
    const slot = profile.slots[name];
    if (slot !== undefined) shape[name] = valueSchema(slot);
  }
  return shape;
}
