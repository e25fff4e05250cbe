import { z } from 'zod';
import type { OperatorEvent } from '../machines/call/events.ts';
import { HttpError } from './http-error.ts';

/** The longest line of an operator (characters): half a minute of speech. */
const LINE_LIMIT = 500;

const line = z
  .string('expected a text')
  .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
  .pipe(
    z
      .string()
      .regex(/[\p{L}\p{N}]/u, 'expected words')
      .max(LINE_LIMIT, `expected ${LINE_LIMIT} characters at most`),
  );

const EXTRA = 'expected no other fields than action, and text for say';
/** A field is never quoted: it may be what should have been said. */
const nothingElse = { error: ({ code }: { code?: string }) => (code === 'unrecognized_keys' ? EXTRA : undefined) };

const commandSchema = z.discriminatedUnion(
  'action',
  [
    z.strictObject({ action: z.enum(['takeOver', 'handBack', 'transfer', 'hangUp']) }, nothingElse),
    z.strictObject({ action: z.literal('say'), text: line }, nothingElse),
  ],
  'expected takeOver, say, handBack, transfer or hangUp',
);

/**
 * Reads what an operator wants of a call: `{ "action": "say", "text": "One moment, please." }`, JSON already parsed.
 *
 * @returns the event for the call
 * @throws HttpError 400 naming each wrong field; it never repeats what was to be said
 */
export function operatorEvent(body: unknown): OperatorEvent {
  const parsed = commandSchema.safeParse(body);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => [...path, message].join(': '));
    throw new HttpError(400, problems.join('; '), 'Send, as application/json, for example {"action": "takeOver"}.');
  }
  const command = parsed.data;
  return command.action === 'say'
    ? { type: 'operator.say', text: command.text }
    : { type: `operator.${command.action}` };
}
