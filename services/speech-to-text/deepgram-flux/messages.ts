import { z } from 'zod';

const word = z.object({
  word: z.string(),
  /** Seconds on the stream's audio clock; the server may leave both out. */
  start: z.number().nonnegative().optional(),
  end: z.number().nonnegative().optional(),
});

const connected = z.object({ type: z.literal('Connected') });

/** Something happened in a turn, or some audio was listened to without anything happening. */
const turnInfo = z.object({
  type: z.literal('TurnInfo'),
  /** Open: names that are not known are no fault. */
  event: z.string(),
  turn_index: z.int().nonnegative(),
  /** Of the whole turn so far. */
  transcript: z.string(),
  words: z.array(word),
  end_of_turn_confidence: z.number().min(0).max(1),
});

const configureSuccess = z.object({ type: z.literal('ConfigureSuccess') });

/** The reason is spelt in two ways, depending on the deployment. */
const reason = { code: z.string().optional(), error_code: z.string().optional(), description: z.string().optional() };
const configureFailure = z.object({ type: z.literal('ConfigureFailure'), ...reason });
const warning = z.object({ type: z.literal('Warning'), ...reason });
const error = z.object({ type: z.literal('Error'), ...reason });

/** All that Flux says on `/v2/listen`. Fields that are not used here, and unknown ones, are dropped. */
const serverMessages = [connected, turnInfo, configureSuccess, configureFailure, warning, error] as const;

export type ServerMessage = z.output<(typeof serverMessages)[number]>;
export type TurnInfo = z.output<typeof turnInfo>;
export type ServerReason = Pick<z.output<typeof error>, keyof typeof reason>;

const schemas: ReadonlyMap<string, z.ZodType<ServerMessage>> = new Map(
  serverMessages.map((schema) => [schema.shape.type.value, schema]),
);

/** What came instead of a message. `unknown` is a newer server's and may be ignored. */
export type Unreadable =
  | { readonly type: 'unknown'; readonly name: string }
  | { readonly type: 'broken'; readonly why: string };

/**
 * Checks a message as the SDK delivers it: parsed JSON, a string when it did not parse, a `Blob` for a binary frame.
 *
 * Reasons name fields, never values: those may be the caller's words.
 */
export function readMessage(message: unknown): ServerMessage | Unreadable {
  const { type } = (message ?? {}) as { readonly type?: unknown };
  if (typeof type !== 'string') return { type: 'broken', why: 'not a JSON object with a type' };
  const schema = schemas.get(type);
  if (!schema) return { type: 'unknown', name: type };
  const parsed = schema.safeParse(message);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { type: 'broken', why: `${type}.${issue?.path.join('.')}: ${issue?.message}` };
}
