import { z } from 'zod';
import type { ListenConfiguration } from './parameters.ts';

const configure = z.strictObject({
  type: z.literal('Configure'),
  thresholds: z
    .strictObject({ eot_threshold: z.number(), eager_eot_threshold: z.number(), eot_timeout_ms: z.number() })
    .partial()
    .optional(),
  keyterms: z.union([z.array(z.string()), z.string()]).optional(),
  language_hints: z.array(z.string()).nullish(),
  numerals: z.boolean().optional(),
});

/** `KeepAlive` and `Finalize` are of `/v1/listen`; here they are as fatal as any other text. */
const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('CloseStream') }),
  z.strictObject({ type: z.literal('ForceEndTurn') }),
  configure,
]);

export type ClientMessage = z.output<typeof clientMessage>;
export type Configure = z.output<typeof configure>;

/** @returns undefined when it cannot be parsed, which ends the session */
export function readClientMessage(text: string): ClientMessage | undefined {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @returns the configuration with the change, or why it is refused; then nothing of it counts */
export function reconfigure(
  model: string,
  current: ListenConfiguration,
  { thresholds, keyterms, language_hints }: Configure,
): ListenConfiguration | { readonly refused: string } {
  const next: ListenConfiguration = {
    thresholds: {
      ...current.thresholds,
      ...(thresholds?.eot_threshold !== undefined && { eot_threshold: thresholds.eot_threshold }),
      ...(thresholds?.eager_eot_threshold !== undefined && { eager_eot_threshold: thresholds.eager_eot_threshold }),
      ...(thresholds?.eot_timeout_ms !== undefined && { eot_timeout_ms: thresholds.eot_timeout_ms }),
    },
    keyterms: typeof keyterms === 'string' ? [keyterms] : (keyterms ?? current.keyterms),
    language_hints: language_hints ?? current.language_hints,
  };
  const { eot_threshold: end, eager_eot_threshold: eager, eot_timeout_ms: timeout } = next.thresholds;
  if (end < 0.5 || end > 1) return { refused: 'eot_threshold must be from 0.5 to 1' };
  if (eager !== undefined && (eager < 0.3 || eager > 0.9))
    return { refused: 'eager_eot_threshold must be from 0.3 to 0.9' };
  if (eager !== undefined && eager > end)
    return { refused: 'eager_eot_threshold must not be greater than eot_threshold' };
  if (timeout < 500 || timeout > 60_000) return { refused: 'eot_timeout_ms must be from 500 to 60000' };
  if (next.keyterms.length > 100) return { refused: 'at most 100 keyterms' };
  if (language_hints && model === 'flux-general-en')
    return { refused: 'language_hints is not supported for model flux-general-en' };
  return next;
}
