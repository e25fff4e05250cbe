import { z } from 'zod';

/**
 * What Deepgram says on `/v1/speak` besides audio, as far as it matters. Unknown types pass as `other`, since the vendor
 * adds some without notice; `Warning` has had two spellings of its fields, and `Error` is not documented.
 */
const serverMessage = z.union([
  z.object({ type: z.enum(['Flushed', 'Cleared', 'Metadata']) }),
  z
    .object({ type: z.literal('Warning'), description: z.string().optional(), warn_msg: z.string().optional() })
    .transform(({ type, description, warn_msg }) => ({ type, description: description ?? warn_msg ?? '' })),
  z
    .object({ type: z.literal('Error'), code: z.unknown().optional(), err_code: z.unknown().optional() })
    .transform(({ type, code, err_code }) => ({ type, code: String(code ?? err_code ?? '') })),
  z.object({ type: z.string() }).transform(() => ({ type: 'other' as const })),
]);

export type ServerMessage = z.output<typeof serverMessage>;

/** @param message as the SDK gives it: parsed JSON, or the text itself when it is none. @returns undefined for garbage */
export function readServerMessage(message: unknown): ServerMessage | undefined {
  return serverMessage.safeParse(message).data;
}
