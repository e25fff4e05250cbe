import { z } from 'zod';
import { invalidParameter, type Refusal } from '../refusal.ts';

/** Rates (Hz) that an encoding can be had in, the default first. */
const RATES = {
  linear16: [24_000, 8000, 16_000, 32_000, 48_000],
  mulaw: [8000, 16_000],
  alaw: [8000, 16_000],
} as const;

export type Encoding = keyof typeof RATES;

/** What a connection or a request asked for; fixed for its life. */
export interface SpeechSettings {
  readonly model: string;
  readonly encoding: Encoding;
  /** Hz. */
  readonly sampleRate: number;
}

const shared = {
  model: z.string().default('aura-asteria-en'),
  encoding: z.enum(['linear16', 'mulaw', 'alaw']).default('linear16'),
  sample_rate: z.coerce.number().optional(),
  speed: z.coerce.number().min(0.7).max(1.5).optional(),
  mip_opt_out: z.enum(['true', 'false']).optional(),
};

/** The socket has no `container`: its audio is always raw. */
export const socketQuery = z.strictObject(shared);

/** Only `container=none` is emulated over REST, since a header is audible on a telephone. */
export const requestQuery = z.strictObject({ ...shared, container: z.literal('none') });

/**
 * Reads the query as strictly as Deepgram: no unknown parameter, a rate that the encoding has, a voice that exists.
 *
 * @param models the voices that exist
 */
export function readSettings(
  schema: typeof socketQuery | typeof requestQuery,
  query: URLSearchParams,
  models: ReadonlySet<string>,
): SpeechSettings | Refusal {
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (!parsed.success) return invalidParameter(z.prettifyError(parsed.error));
  const { model, encoding, sample_rate } = parsed.data;
  const rates: readonly number[] = RATES[encoding];
  const sampleRate = sample_rate ?? (rates[0] as number);
  if (!rates.includes(sampleRate))
    return invalidParameter(`sample_rate ${sampleRate} is not supported with encoding ${encoding}`);
  if (!models.has(model))
    return { status: 400, code: 'INVALID_QUERY_PARAMETER', message: 'No such model/version combination found.' };
  return { model, encoding, sampleRate };
}
