import { z } from 'zod';
import type { StatusCallbackEvent } from '../status-callbacks.ts';
import { badRequest, type RestError } from './errors.ts';
import type { CallChange } from './registry.ts';

const method = z.enum(['GET', 'POST']).default('POST');
const url = z.url({ protocol: /^https?$/ });
const twiml = z.string().min(1).max(4000);

const update = z.object({
  Url: url.optional(),
  Method: method,
  Twiml: twiml.optional(),
  Status: z.enum(['canceled', 'completed']).optional(),
});

/** Reads `POST Calls/{sid}.json`; of `Url` and `Twiml` the first wins, as at Twilio. */
export function readUpdate(body: unknown): CallChange | RestError {
  const parsed = update.safeParse(body);
  if (!parsed.success) return badRequest(20001, describe(parsed.error));
  const { Url, Method, Twiml, Status } = parsed.data;
  if (Status !== undefined) return { kind: 'status', status: Status };
  if (Url !== undefined) return { kind: 'url', url: Url, method: Method };
  if (Twiml !== undefined) return { kind: 'twiml', twiml: Twiml };
  return badRequest(20001, 'one of Url, Twiml and Status is required');
}

const statusCallbackEvents = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(z.enum(['initiated', 'ringing', 'answered', 'completed'])).default(['completed']),
);

const create = z.object({
  To: z.string({ error: "No 'To' number is specified" }).min(1),
  From: z.string({ error: "'From' phone number is required" }).min(1),
  Url: url.optional(),
  Method: method,
  Twiml: twiml.optional(),
  FallbackUrl: url.optional(),
  StatusCallback: url.optional(),
  StatusCallbackEvent: statusCallbackEvents,
  AsyncAmd: z.enum(['true', 'false']).optional(),
  AsyncAmdStatusCallback: url.optional(),
});

/** What an outbound call was asked to be. */
export type CallRequest = z.infer<typeof create> & { readonly StatusCallbackEvent: readonly StatusCallbackEvent[] };

const CODES: Readonly<Record<string, number>> = { To: 21201, From: 21213, Url: 21205 };

/** Reads `POST Calls.json`. */
export function readCreate(body: unknown): CallRequest | RestError {
  const parsed = create.safeParse(body);
  if (!parsed.success) {
    const [field = ''] = parsed.error.issues[0]?.path ?? [];
    return badRequest(CODES[String(field)] ?? 20001, describe(parsed.error));
  }
  if (parsed.data.Url === undefined && parsed.data.Twiml === undefined) {
    return badRequest(21205, 'Url or Twiml is required');
  }
  return parsed.data;
}

export function isRestError(value: object): value is RestError {
  return 'code' in value && 'status' in value;
}

function describe(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
