import { z } from 'zod';

/** A call's name at Twilio. The one shape that is accepted wherever a call is named: webhooks, streams, file names. */
export const CALL_SID = /^CA[0-9a-f]{32}$/;

const streamSid = z.string().min(1).max(64);
const sequenceNumber = z.string().regex(/^\d{1,15}$/);

/** First message on a stream. */
const connected = z.object({ event: z.literal('connected') });

/** Second message: whose call this is. The format is the only one that Twilio has. */
const start = z.object({
  event: z.literal('start'),
  sequenceNumber,
  streamSid,
  start: z.object({
    streamSid,
    accountSid: z.string().optional(),
    callSid: z.string().regex(CALL_SID),
    mediaFormat: z.object({
      encoding: z.literal('audio/x-mulaw'),
      sampleRate: z.literal(8000),
      channels: z.literal(1),
    }),
    /** The `<Parameter>` nouns of the TwiML. */
    customParameters: z.record(z.string(), z.string()).default({}),
  }),
});

const dtmf = z.object({
  event: z.literal('dtmf'),
  sequenceNumber,
  streamSid,
  dtmf: z.object({ digit: z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']) }),
});

const mark = z.object({
  event: z.literal('mark'),
  sequenceNumber,
  streamSid,
  mark: z.object({ name: z.string().max(200) }),
});

const stop = z.object({ event: z.literal('stop'), sequenceNumber, streamSid });

/**
 * What Twilio says on a media stream, except `media`, which comes fifty times a second and is read by
 * {@link readMedia}. Unknown fields are dropped: Twilio may add some at any time.
 */
export const inboundMessage = z.discriminatedUnion('event', [connected, start, dtmf, mark, stop]);

export type InboundMessage = z.output<typeof inboundMessage>;

/** Whose call a stream carries, and the parameters of its TwiML. */
export type StreamStart = z.output<typeof start>['start'];

/** The caller's audio: one frame, usually 20 ms. */
export interface MediaMessage {
  readonly streamSid: string;
  readonly sequenceNumber: number;
  /** Base64 of µ-law, 8 kHz, mono. */
  readonly payload: string;
}

/**
 * Reads a `media` message without a schema: this is the audio path.
 *
 * @param message parsed JSON whose `event` is `media`
 * @returns undefined when it has not the shape of one
 */
export function readMedia(message: Record<string, unknown>): MediaMessage | undefined {
  const { streamSid, sequenceNumber: digits, media } = message;
  // Only a string may be converted: an object's own `valueOf` would make the conversion throw.
  if (typeof streamSid !== 'string' || typeof digits !== 'string') return undefined;
  if (typeof media !== 'object' || media === null) return undefined;
  const payload = (media as Record<string, unknown>).payload;
  const sequenceNumber = Number(digits);
  if (typeof payload !== 'string' || !Number.isSafeInteger(sequenceNumber)) return undefined;
  return { streamSid, sequenceNumber, payload };
}

/**
 * Decodes standard base64 strictly: Node's decoder skips what it does not know, which would shift the audio.
 *
 * @returns undefined when it is empty or not base64
 */
export function decodeBase64(text: string): Buffer | undefined {
  const { length } = text;
  if (length === 0 || length % 4 !== 0) return undefined;
  const padding = text.charCodeAt(length - 1) !== 0x3d ? 0 : text.charCodeAt(length - 2) !== 0x3d ? 1 : 2;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === (length / 4) * 3 - padding ? bytes : undefined;
}
