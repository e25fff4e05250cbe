import { z } from 'zod';
import { ServiceError } from '../../errors.ts';

const milliseconds = z.int().min(1);
const keyterms = z.array(z.string().min(1)).max(100);

/** Ranges that every deployment of Flux accepts; newer ones go up to 1.0 and 60,000 ms. */
const eotThreshold = z.number().min(0.5).max(0.9);
const eagerEotThreshold = z.number().min(0.3).max(0.9);
const eotTimeoutMs = z.int().min(500).max(10_000);

/** How Flux listens: when it takes a turn for ended, and which words it should expect. */
const listeningSchema = z.strictObject({
  /** Confidence (0.5–0.9) that ends a turn. Default 0.7. */
  eotThreshold: eotThreshold.default(0.7),
  /** Confidence (0.3–0.9) that is worth a guess: `caller.eagerEndOfTurn`. Default: no guesses. */
  eagerEotThreshold: eagerEotThreshold.optional(),
  /** Silence that ends a turn whatever the confidence (500–10,000 ms). Default 5000. */
  eotTimeoutMs: eotTimeoutMs.default(5000),
  /** Names and terms to expect, at most 100, each taken literally. Default: none. */
  keyterms: keyterms.default([]),
});

/** All settings that may change during a session. */
export type Listening = Readonly<z.output<typeof listeningSchema>>;

const topicSchema = z
  .strictObject({ eotThreshold, eagerEotThreshold, eotTimeoutMs, keyterms } satisfies Record<
    keyof Listening,
    z.ZodType
  >)
  .partial();

const optionsSchema = z
  .strictObject({
    /** Never shown in a message. */
    apiKey: z.string().min(1),
    /** An http(s) origin; the socket's origin follows from it. Default: Deepgram's. */
    baseUrl: z.url({ protocol: /^https?$/ }).default('https://api.deepgram.com'),
    model: z.enum(['flux-general-en', 'flux-general-multi']).default('flux-general-en'),
    /** Languages to expect, for example `es`; for `flux-general-multi` only. */
    languageHints: z.array(z.string().min(1)).default([]),
    /** For everything that no topic says otherwise. */
    listening: listeningSchema.prefault({}),
    /** What is different while a topic is talked about; see `SpeechToTextSession.expect`. */
    topics: z.record(z.string(), topicSchema).default({}),
    /** From the first byte of the handshake to Flux's `Connected`. Default 4000: less than the call chart waits. */
    openTimeoutMs: milliseconds.default(4000),
    /** Audio flows, and nothing has come back for so long: the session is lost. Flux answers every 250 ms. Default 5000. */
    unansweredMs: milliseconds.default(5000),
    /** Between two WebSocket pings. Default 20,000; Flux drops a silent socket after 60 s. */
    pingEveryMs: milliseconds.default(20_000),
    /** How long Flux may take to close after `CloseStream`, and to acknowledge a `Configure`. Default 2000. */
    answerTimeoutMs: milliseconds.default(2000),
  })
  .superRefine(({ model, languageHints, listening, topics }, context) => {
    const complain = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (languageHints.length > 0 && model !== 'flux-general-multi')
      complain(['languageHints'], `${model} takes none: choose flux-general-multi`);
    if (isInverted(listening)) complain(['listening', 'eagerEotThreshold'], 'must not be above eotThreshold');
    for (const [name, topic] of Object.entries(topics)) {
      const path = ['topics', name, 'eagerEotThreshold'];
      if (isInverted(overlay(listening, topic))) complain(path, 'must not be above eotThreshold');
      // `Configure` can change the threshold, but not take it away again when the topic is over.
      if (topic.eagerEotThreshold !== undefined && listening.eagerEotThreshold === undefined)
        complain(path, 'needs listening.eagerEotThreshold');
    }
  });

/** What {@link readOptions} takes; everything but the key has a default. */
export type DeepgramFluxOptions = Readonly<z.input<typeof optionsSchema>>;

/** The options of one adapter, checked and complete. */
export type FluxSettings = Readonly<z.output<typeof optionsSchema>>;

type Topic = z.output<typeof topicSchema>;

const isInverted = ({ eagerEotThreshold: eager, eotThreshold: end }: Listening): boolean =>
  eager !== undefined && eager > end;

const overlay = (listening: Listening, topic: Topic): Listening => ({
  eotThreshold: topic.eotThreshold ?? listening.eotThreshold,
  eagerEotThreshold: topic.eagerEotThreshold ?? listening.eagerEotThreshold,
  eotTimeoutMs: topic.eotTimeoutMs ?? listening.eotTimeoutMs,
  keyterms: topic.keyterms ?? listening.keyterms,
});

/** @returns how to listen while `topic` is talked about; an unknown topic changes nothing */
export function listeningFor({ listening, topics }: FluxSettings, topic: string): Listening {
  return overlay(listening, Object.hasOwn(topics, topic) ? (topics[topic] ?? {}) : {});
}

/** @throws ServiceError `bad-request` that names every wrong option; values are not shown */
export function readOptions(options: DeepgramFluxOptions): FluxSettings {
  const parsed = optionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ServiceError(`Flux cannot be set up: ${problems.join('; ')}`, { code: 'bad-request', vendor: 'deepgram' });
}
