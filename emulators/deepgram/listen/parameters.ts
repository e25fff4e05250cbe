import { z } from 'zod';
import { invalidParameter, type Refusal } from '../refusal.ts';

/** The project has no such model; what Deepgram says of a misspelt one, too. */
export const FORBIDDEN: Refusal = {
  status: 403,
  code: 'INSUFFICIENT_PERMISSIONS',
  message: 'Project does not have access to the requested model.',
};

const MODELS = ['flux-general-en', 'flux-general-multi'];
/** Bytes of one sample, for the encodings whose length says how long they sound. */
const SAMPLE_BYTES = { mulaw: 1, alaw: 1, linear16: 2, linear32: 4 } as const;
const SAMPLE_RATES = [8000, 16_000, 24_000, 44_100, 48_000];

const one = <Schema extends z.ZodType<unknown, string>>(schema: Schema) =>
  z
    .array(z.string())
    .length(1, 'must be given once')
    .transform(([value]) => value ?? '')
    .pipe(schema);
const number = (from: number, to: number) => {
  const expected = `must be a number from ${from} to ${to}`;
  return one(
    z
      .string()
      .regex(/^\d+(\.\d+)?$/, expected)
      .transform(Number)
      .pipe(z.number().min(from, expected).max(to, expected)),
  ).optional();
};
const flag = one(z.enum(['true', 'false'])).optional();
const word = one(z.string().min(1));

/** The query of `/v2/listen`, each name with all its values. Ranges: Deepgram's AsyncAPI of 2026-07. */
const query = z
  .strictObject({
    model: word,
    encoding: one(z.enum(['mulaw', 'alaw', 'linear16', 'linear32'], 'the emulator hears raw audio only')),
    sample_rate: one(
      z
        .string()
        .transform(Number)
        .refine((rate) => SAMPLE_RATES.includes(rate), `must be one of ${SAMPLE_RATES.join(', ')}`),
    ),
    eot_threshold: number(0.5, 1),
    eager_eot_threshold: number(0.3, 0.9),
    eot_timeout_ms: number(500, 60_000),
    keyterm: z.array(z.string().min(1)).max(100).optional(),
    language_hint: z.array(z.string().min(2)).optional(),
    numerals: flag,
    profanity_filter: flag,
    redact: one(z.enum(['numbers', 'aggressive_numbers'])).optional(),
    mip_opt_out: flag,
    tag: z.array(z.string().min(1).max(128)).optional(),
  })
  .superRefine((given, context) => {
    if (given.language_hint && given.model === 'flux-general-en')
      context.addIssue({ code: 'custom', message: 'language_hint is not supported for model flux-general-en' });
    if ((given.eager_eot_threshold ?? 0) > (given.eot_threshold ?? DEFAULT_EOT_THRESHOLD))
      context.addIssue({ code: 'custom', message: 'eager_eot_threshold must not be greater than eot_threshold' });
  });

const DEFAULT_EOT_THRESHOLD = 0.7;
const DEFAULT_EOT_TIMEOUT_MS = 5000;

/** What `Configure` can change, in the words of the wire. */
export interface ListenConfiguration {
  readonly thresholds: {
    readonly eot_threshold: number;
    readonly eager_eot_threshold?: number;
    readonly eot_timeout_ms: number;
  };
  readonly keyterms: readonly string[];
  readonly language_hints: readonly string[];
}

/** What a session was opened with. */
export interface ListenParameters {
  readonly model: string;
  readonly encoding: keyof typeof SAMPLE_BYTES;
  readonly sampleRate: number;
  /** Bytes of audio that sound for one millisecond. */
  readonly bytesPerMs: number;
  readonly configuration: ListenConfiguration;
}

/** Checks a query as strictly as the vendor. Names that Flux does not have, those of `/v1/listen` included, are refused. */
export function readParameters(search: URLSearchParams): ListenParameters | Refusal {
  const given = Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
  const parsed = query.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = issue?.path[0];
    return invalidParameter(name === undefined ? String(issue?.message) : `${String(name)}: ${issue?.message}`);
  }
  const { model, encoding, sample_rate, eager_eot_threshold, ...rest } = parsed.data;
  if (!MODELS.includes(model)) return FORBIDDEN;
  return {
    model,
    encoding,
    sampleRate: sample_rate,
    bytesPerMs: (sample_rate * SAMPLE_BYTES[encoding]) / 1000,
    configuration: {
      thresholds: {
        ...(eager_eot_threshold !== undefined && { eager_eot_threshold }),
        eot_threshold: rest.eot_threshold ?? DEFAULT_EOT_THRESHOLD,
        eot_timeout_ms: rest.eot_timeout_ms ?? DEFAULT_EOT_TIMEOUT_MS,
      },
      keyterms: rest.keyterm ?? [],
      language_hints: rest.language_hint ?? [],
    },
  };
}
