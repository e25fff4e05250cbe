import { z } from 'zod';
import type { Profile } from '../../agents/profile.ts';
import { CONTROL_TOOLS } from '../../machines/reply/control-tools.ts';
import { BOOKING_TOOLS, LOOK_UP_FACT } from './booking.ts';
import { changeSchema, detailsSchema } from './details-schema.ts';

/** A tool as language models are told of it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

const nothing = z.strictObject({});
const reference = z.strictObject({
  reference: z.string().optional().describe('for example K47; the latest booking when left out'),
});

/** All tools of a profile: one per task, the booking tools, the facts, and the two that end the agent's part. */
export function toolDefinitionsOf(profile: Profile): ToolDefinition[] {
  const define = (name: string, description: string, schema: z.ZodType): ToolDefinition => {
    const { $schema: _, ...parameters } = z.toJSONSchema(schema);
    return { name, description, parameters };
  };
  const bookings =
    profile.tasks.length === 0
      ? []
      : [
          define(BOOKING_TOOLS.lookUp, 'Finds what was booked in this call.', reference),
          define(BOOKING_TOOLS.change, 'Changes a booking of this call. Give only what is new.', changeSchema(profile)),
          define(BOOKING_TOOLS.cancel, 'Cancels a booking of this call, after the caller agreed.', reference),
        ];
  return [
    ...profile.tasks.map((task) => define(task.tool, task.description, detailsSchema(profile, task))),
    ...bookings,
    define(LOOK_UP_FACT, 'Finds what the house knows about a question.', z.strictObject({ question: z.string() })),
    define(CONTROL_TOOLS.endCall, 'Ends the call, when the caller says goodbye.', nothing),
    define(CONTROL_TOOLS.transferToHuman, 'Hands the caller to a person, when they ask for one.', nothing),
  ];
}
