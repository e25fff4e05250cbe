import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { Refusal } from '../refusal.ts';
import { refuse } from '../server.ts';
import { MAXIMUM_SPEAK_CHARACTERS } from './client-message.ts';
import type { SpeechSettings } from './settings.ts';
import { encodeSpeech, type SpeechSource } from './speech-source.ts';

const speakRequest = z.strictObject({ text: z.string() });

const PAYLOAD_ERROR: Refusal = { status: 400, code: 'PAYLOAD_ERROR', message: 'Failed to deserialize JSON payload.' };
const EMPTY_TEXT: Refusal = { status: 400, code: 'PAYLOAD_ERROR', message: 'The text is empty.' };
const TEXT_TOO_LONG: Refusal = { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'The text is too long.' };

const CONTENT_TYPES = { mulaw: 'audio/mulaw', alaw: 'audio/alaw', linear16: 'audio/l16' } as const;

/** Answers `POST /v1/speak`: the audio of one text, raw, with Deepgram's headers. */
export async function answerSpeak(
  request: IncomingMessage,
  response: ServerResponse,
  { model, encoding, sampleRate }: SpeechSettings,
  speech: SpeechSource,
): Promise<void> {
  const text = readText(await buffer(request));
  if (typeof text !== 'string') {
    refuse(response, text);
    return;
  }
  const audio = encodeSpeech(await speech(text, sampleRate), encoding);
  response.writeHead(200, {
    'content-type': `${CONTENT_TYPES[encoding]};rate=${sampleRate}`,
    'dg-request-id': randomUUID(),
    'dg-model-name': model,
    'dg-model-uuid': randomUUID(),
    'dg-char-count': String(text.length),
  });
  response.end(audio);
}

function readText(body: Buffer): string | Refusal {
  const parsed = z
    .string()
    .transform((json, context) => {
      try {
        return JSON.parse(json) as unknown;
      } catch (error) {
        context.addIssue({ code: 'custom', message: String(error) });
        return z.NEVER;
      }
    })
    .pipe(speakRequest)
    .safeParse(body.toString('utf8'));
  if (!parsed.success) return PAYLOAD_ERROR;
  const { text } = parsed.data;
  if (text.trim() === '') return EMPTY_TEXT;
  return text.length > MAXIMUM_SPEAK_CHARACTERS ? TEXT_TOO_LONG : text;
}
