import { z } from 'zod';
import type { CloseReason } from './close-reason.ts';
import { CLOSE_REASONS } from './close-reason.ts';

const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Speak'), text: z.string() }),
  z.strictObject({ type: z.literal('Flush') }),
  z.strictObject({ type: z.literal('Clear') }),
  z.strictObject({ type: z.literal('Close') }),
]);

/** What a client may say on `/v1/speak`. */
export type ClientMessage = z.infer<typeof clientMessage>;

/** The most characters of one `Speak`. */
export const MAXIMUM_SPEAK_CHARACTERS = 2000;

/** Reads one frame as strictly as Deepgram does. @returns the message, or why the socket is closed */
export function readClientMessage(data: Buffer, isBinary: boolean): ClientMessage | CloseReason {
  if (isBinary) return CLOSE_REASONS.unsupported;
  const parsed = clientMessage.safeParse(parseJson(data.toString('utf8')));
  if (!parsed.success) return CLOSE_REASONS.notRecognised;
  const message = parsed.data;
  return message.type === 'Speak' && message.text.length > MAXIMUM_SPEAK_CHARACTERS
    ? CLOSE_REASONS.textTooLong
    : message;
}

/** @returns undefined for what is no JSON, which no message is either */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
