import { z } from 'zod';

const streamSid = z.string();
const serverMessage = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('media'), streamSid, media: z.strictObject({ payload: z.base64() }) }),
  z.strictObject({ event: z.literal('mark'), streamSid, mark: z.strictObject({ name: z.string().min(1) }) }),
  z.strictObject({ event: z.literal('clear'), streamSid }),
]);

/** What a server may say on a bidirectional stream. */
export type ServerMessage = z.infer<typeof serverMessage>;

/** A message that Twilio ignores: 31950 malformed (binary), 31951 invalid (everything else). */
export interface Refusal {
  readonly event: 'refused';
  readonly code: 31950 | 31951;
  readonly reason: string;
}

/**
 * Reads one message of the server as strictly as Twilio does: text frames, one JSON object, no field missing, none
 * extra, the stream's own identifier, standard base64, a mark with a name.
 *
 * @see https://www.twilio.com/docs/api/errors/31951
 */
export function readServerMessage(data: Buffer, isBinary: boolean, expectedStreamSid: string): ServerMessage | Refusal {
  if (isBinary)
    return { event: 'refused', code: 31950, reason: `binary frame of ${data.length} bytes; only text frames` };
  let value: unknown;
  try {
    value = JSON.parse(data.toString());
  } catch {
    return refuse(`not JSON: ${excerpt(data)}`);
  }
  const parsed = serverMessage.safeParse(value);
  if (!parsed.success) return refuse(`${parsed.error.issues.map(describe).join('; ')} in ${excerpt(data)}`);
  if (parsed.data.streamSid !== expectedStreamSid) {
    return refuse(`streamSid is '${parsed.data.streamSid}', expected '${expectedStreamSid}'`);
  }
  return parsed.data;
}

function refuse(reason: string): Refusal {
  return { event: 'refused', code: 31951, reason };
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}

function excerpt(data: Buffer): string {
  const text = data.subarray(0, 120).toString();
  return data.length > 120 ? `${text}…` : text;
}
