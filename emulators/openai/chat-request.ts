import { z } from 'zod';
import { type ApiError, badRequest } from './errors.ts';

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
/** Words, or words in parts. */
const content = z.union([z.string(), z.array(textPart).min(1)]);
const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);

const toolCall = z.strictObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.strictObject({ name, arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content, name: z.string().optional() }),
  z.strictObject({ role: z.literal('developer'), content, name: z.string().optional() }),
  z.strictObject({ role: z.literal('user'), content, name: z.string().optional() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: content.nullish(),
    refusal: z.string().nullish(),
    name: z.string().optional(),
    tool_calls: z.array(toolCall).min(1).optional(),
  }),
  z.strictObject({ role: z.literal('tool'), content, tool_call_id: z.string().min(1) }),
]);

const tool = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name,
    description: z.string().optional(),
    parameters: z.looseObject({ type: z.literal('object') }).optional(),
    strict: z.boolean().nullish(),
  }),
});

/** A request for a chat completion: the parameters of the vendor that a text agent may send. All others are refused by name. */
const chatRequestSchema = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
  verbosity: z.enum(['low', 'medium', 'high']).nullish(),
  tools: z.array(tool).min(1).optional(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.strictObject({ type: z.literal('function'), function: z.strictObject({ name }) }),
    ])
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  n: z.literal(1).nullish(),
  seed: z.int().nullish(),
  store: z.boolean().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  user: z.string().optional(),
  safety_identifier: z.string().optional(),
  prompt_cache_key: z.string().optional(),
  service_tier: z.enum(['auto', 'default', 'flex', 'scale', 'priority']).nullish(),
});

export type ChatRequest = z.output<typeof chatRequestSchema>;
export type ChatMessage = ChatRequest['messages'][number];

/** @returns the request, or the vendor's refusal, which names the first wrong parameter */
export function parseChatRequest(body: unknown): ChatRequest | ApiError {
  const parsed = chatRequestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = parameterOf(issue?.path ?? []);
  if (issue?.code === 'unrecognized_keys') {
    const unknown = issue.keys[0] ?? '';
    return badRequest(
      `Unrecognized request argument supplied: ${place === '' ? unknown : `${place}.${unknown}`}`,
      null,
    );
  }
  const missing = issue?.code === 'invalid_type' && issue.input === undefined && !hasPath(body, issue.path);
  return missing
    ? badRequest(`Missing required parameter: '${place}'.`, place, 'missing_required_parameter')
    : badRequest(`Invalid value for '${place}': ${issue?.message ?? 'wrong type'}.`, place, 'invalid_value');
}

/** As the vendor writes places: `messages.[1].role`. */
const parameterOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : String(key))).join('.');

function hasPath(value: unknown, path: readonly PropertyKey[]): boolean {
  const found = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
  return found !== undefined;
}

/** The words of a message, whatever way they were sent. */
export function wordsOf({ content }: Pick<ChatMessage, 'content'>): string {
  return typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('');
}
