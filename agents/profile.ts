import { z } from 'zod';
import { type BargeInPolicy, DEFAULT_DEADLINES, type Deadlines, type FloorPolicy } from '../machines/call/brief.ts';
import { QUEUE_NAME } from '../services/telephony/twilio/hand-over.ts';
import { DIALOGUE_ACTS } from './dialogue-acts.ts';
import { linesSchema } from './lines.ts';
import { phraseText } from './phrase-text.ts';
import { slotSchema } from './slot.ts';

const text = z.string().min(1);
const identifier = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_]*$/, 'must be letters, digits and _, starting with a small letter');
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be E.164, for example +14155550100');
const queueName = z.string().regex(QUEUE_NAME, 'must be the name of a queue, 64 characters at most');
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 18:30');
const milliseconds = z.int().positive();

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** What may take the floor in one kind of state: what is left out has the default of the call chart. */
const floorSchema = z
  .strictObject({
    speech: z.boolean(),
    keys: z.boolean(),
    minimumCharacters: z.int().min(1),
  } satisfies Record<keyof FloorPolicy, z.ZodType>)
  .partial();

const policySchema = z.strictObject({
  /** Milliseconds, merged over the defaults of the call chart. */
  deadlines: z
    .strictObject(
      Object.fromEntries(Object.keys(DEFAULT_DEADLINES).map((name) => [name, milliseconds])) as Record<
        keyof Deadlines,
        typeof milliseconds
      >,
    )
    .partial()
    .default({}),
  /** Merged over the defaults of the call chart, each floor by itself. */
  bargeIn: z
    .strictObject({
      backChannel: z.array(text),
      greeting: floorSchema,
      prompts: floorSchema,
      speaking: floorSchema,
      falseInterruption: z.enum(['resume', 'listen']),
    } satisfies Record<keyof BargeInPolicy, z.ZodType>)
    .partial()
    .default({}),
});

/** What an intent leads to: an answer from the facts, a task, or a dialogue act. */
const intentSchema = z.strictObject({
  name: identifier,
  /** Completes "Do you want to know about …?" when the agent is not sure. */
  about: text.optional(),
  phrases: z.array(phraseText).min(1),
  does: z.union([
    z.strictObject({ answer: identifier }),
    z.strictObject({ task: identifier }),
    z.strictObject({ act: z.enum(DIALOGUE_ACTS) }),
  ]),
  /** Heard and understood with less certainty than others; its answer must say one of the emergency phrases. */
  emergency: z.literal(true).optional(),
});

/** Something the agent arranges: it asks for each slot, reads back, and calls the tool once the caller agrees. */
const taskSchema = z.strictObject({
  name: identifier,
  tool: z.string().regex(/^[a-z][a-z_]*$/, 'must be a tool name such as book_table'),
  /** For a language model: when to call the tool. */
  description: text,
  /** Completes "Would you like to arrange …?". */
  about: text,
  /** Asked in this order; the first question for the first time, the last for every later time. */
  slots: z.array(z.strictObject({ slot: identifier, ask: z.array(text).min(1) })).min(1),
  /** Said when the task begins and nothing is known yet. */
  begin: text.optional(),
  /** With `{slot}` for each slot, without a full stop: `a table for {partySize} {on date} at {time}`. */
  summary: text,
  /** Said after the summary. */
  confirm: text,
  /** Said when the tool has done it; `{reference}` is its reference. */
  done: text,
  /** When it can be had, by weekday; any time when left out. */
  hours: z.array(z.strictObject({ days: z.array(z.enum(WEEKDAYS)).min(1), from: timeOfDay, to: timeOfDay })).optional(),
  /** Said when the date or time lies outside the hours. */
  closed: text.optional(),
});

/** The shape of `agents/<name>/profile.json`: this file alone makes an agent. */
export const profileSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a folder name such as continental'),
    title: text,
    /** BCP 47. */
    language: z.literal('en-US'),
    /** IANA name: what "today" means. */
    timeZone: text.refine(isTimeZone, 'must be an IANA time zone such as Europe/Vienna'),
    voice: z.strictObject({
      /** A voice of the local synthesiser. */
      name: z.enum(['slt', 'rms', 'awb', 'kal']),
      /** 1 is the voice's own pace, 1.1 is ten per cent faster. */
      rate: z.number().min(0.5).max(2),
      /** A voice of Deepgram Aura, for when that speaks. Default: the adapter's own. */
      aura: z
        .string()
        .regex(/^aura-[a-z0-9-]+$/, 'must be a voice of Deepgram Aura such as aura-2-thalia-en')
        .optional(),
    }),
    script: z.strictObject({
      disclosure: z.array(text).default([]),
      greeting: z.array(text).min(1),
      reprompts: z.array(text).min(1),
      apology: text,
      brokenOff: text,
      handOver: text,
      handOverFailed: text,
      goodbye: text,
      filler: z.exactOptional(text),
    }),
    /** System prompt for a language model; the facts are added to it. */
    prompt: text,
    lines: linesSchema,
    slots: z.record(identifier, slotSchema),
    intents: z.array(intentSchema).min(1),
    tasks: z.array(taskSchema),
    /** File with the facts, beside the profile. */
    knowledge: text,
    policy: policySchema,
    /** Lower case. Said by the agent, they hand the call to the emergency number. */
    emergencyPhrases: z.array(z.string().regex(/^[a-z' -]+$/, 'must be lower case words')),
    /** Where callers are handed to, instead of what the settings say. */
    numbers: z.strictObject({ human: e164, emergency: e164 }).partial().default({}),
    /** A queue at the carrier, or a workflow (WW…), in place of the human's number. */
    queues: z.strictObject({ human: queueName }).partial().default({}),
    /** ARPABET, for words of the phrases that the recogniser's dictionary lacks. */
    pronunciations: z
      .record(z.string(), z.string().regex(/^[A-Z]+( [A-Z]+)*$/, 'must be ARPABET such as "S P AA"'))
      .default({}),
  })
  .refine(({ numbers, queues }) => numbers.human === undefined || queues.human === undefined, {
    path: ['queues', 'human'],
    message: 'must be left out while numbers.human is there: a caller goes to one of them',
  });

/** The shape of a facts file: what the agent knows, in sentences that can be spoken as they are. */
export const factsSchema = z.record(
  identifier,
  z.strictObject({
    answer: text,
    /** For the second and later times, when it should be shorter or different. */
    again: text.optional(),
  }),
);

export type Facts = z.output<typeof factsSchema>;
/** A profile with its facts, ready for use. */
export type Profile = z.output<typeof profileSchema> & { readonly facts: Facts };
export type Intent = Profile['intents'][number];
export type Task = Profile['tasks'][number];

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
