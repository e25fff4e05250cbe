import { existsSync } from 'node:fs';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { z } from 'zod';
import { QUEUE_NAME } from '../services/telephony/twilio/hand-over.ts';
import {
  defaultEngine,
  defaultMaximumCalls,
  ENGINES,
  type EngineChoice,
  type EngineKind,
  missingKey,
} from './engines.ts';
import { maskSecret } from './redaction.ts';

/** Why the process cannot start: every problem at once, one line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const origin = (expected: string, protocols: readonly string[] = ['http:', 'https:']) =>
  z
    .string()
    .refine((text) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      return url !== undefined && protocols.includes(url.protocol) && url.search === '' && url.hash === '';
    }, expected)
    .transform((text) => text.replace(/\/+$/, ''))
    .optional();

const whole = (from: number, to: number) => {
  const expected = `expected a whole number from ${from} to ${to}`;
  return z.coerce.number(expected).int(expected).min(from, expected).max(to, expected);
};

const phoneNumber = z
  .string()
  .refine(
    (text) => text.startsWith('+') && isValidPhoneNumber(text),
    'expected a number in E.164, for example +14155550100',
  )
  .optional();

/** A key travels in headers. What no header can carry is a slip of the clipboard, and some libraries quote it in their error. */
const secret = z
  .string()
  .min(8, 'expected at least 8 characters')
  .regex(/^[\x21-\x7e]+$/, 'expected letters, digits and signs of ASCII, without a space')
  .optional();

/** Everything that is read from the environment. Empty means unset. `.env.example` explains each. */
const environmentSchema = z.object({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: origin('expected the http(s) URL that Twilio reaches, for example https://voice.example.com'),
  AGENT: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'expected the name of a folder in agents/, for example continental')
    .default('continental'),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug'], 'expected error, warn, info or debug').default('info'),
  LOG_DIR: z.string().default('logs'),
  ADMIN_TOKEN: secret,
  MAX_CALLS: whole(1, 10_000).optional(),
  DRAIN_TIMEOUT: whole(0, 3_600_000).default(30_000),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, 'expected AC and 32 hexadecimal digits, from console.twilio.com')
    .optional(),
  TWILIO_AUTH_TOKEN: secret,
  TWILIO_PHONE_NUMBER: phoneNumber,
  TWILIO_API_BASE_URL: origin('expected an http(s) origin, for example http://127.0.0.1:4010'),
  DEEPGRAM_API_KEY: secret,
  DEEPGRAM_BASE_URL: origin('expected an http(s) origin, for example https://api.deepgram.com'),
  OPENAI_API_KEY: secret,
  OPENAI_BASE_URL: origin('expected an http(s) URL, for example https://api.openai.com/v1'),
  OPENAI_MODEL: z.string().optional(),
  GROQ_API_KEY: secret,
  GROQ_BASE_URL: origin('expected an http(s) URL, for example https://api.groq.com/openai/v1'),
  GROQ_MODEL: z.string().optional(),
  CHECK_KEYS: z.enum(['refuse', 'warn', 'off'], 'expected refuse, warn or off').default('refuse'),
  NGROK_AUTHTOKEN: secret,
  STT: z.string().optional(),
  LLM: z.string().optional(),
  TTS: z.string().optional(),
  HUMAN_NUMBER: phoneNumber,
  HUMAN_QUEUE: z.string().regex(QUEUE_NAME, 'expected the name of a queue, 64 characters at most').optional(),
  EMERGENCY_FALLBACK_NUMBER: phoneNumber,
});

export type Environment = z.output<typeof environmentSchema>;

/** The names of all variables, for the help text and the check of `.env.example`. */
export const VARIABLES = Object.keys(environmentSchema.shape) as readonly (keyof Environment)[];

/** The settings of one server: the environment, checked, with what follows from it. */
export interface Settings extends Omit<Environment, 'HOST' | 'STT' | 'LLM' | 'TTS' | 'MAX_CALLS'> {
  readonly MAX_CALLS: number;
  /** Where the server listens. Loopback whenever nobody's signature is checked. */
  readonly host: string;
  readonly engines: EngineChoice;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

/** Whether the server can be reached from this machine only. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

/**
 * Checks the environment once, at the start.
 *
 * @throws SettingsError with one line for each problem: variable, what was expected, what was received (secrets masked)
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(
    VARIABLES.map((name) => [name, environment[name]?.trim() || undefined] as const).filter(([, value]) => value),
  );
  const parsed = environmentSchema.safeParse(given);
  const problems = (parsed.error?.issues ?? []).map(({ path: [name], message }) => {
    return `${String(name)}: ${message}, received ${shown(String(name), given[String(name)] ?? '')}`;
  });
  if (given.HUMAN_NUMBER !== undefined && given.HUMAN_QUEUE !== undefined)
    problems.push(
      `HUMAN_QUEUE: expected nothing while HUMAN_NUMBER is set, since a caller goes to one of them, received ${shown('HUMAN_QUEUE', given.HUMAN_QUEUE)}`,
    );
  const engine = <Kind extends EngineKind>(kind: Kind): EngineChoice[Kind] => {
    const chosen = given[kind];
    const known = Object.keys(ENGINES[kind]);
    if (chosen !== undefined && !known.includes(chosen))
      problems.push(
        `${kind}: expected an engine that is built in (${known.join(', ')}), received ${JSON.stringify(chosen)}`,
      );
    return (chosen ?? defaultEngine(kind, given)) as EngineChoice[Kind];
  };
  const choose = <Kind extends EngineKind>(kind: Kind): EngineChoice[Kind] => {
    const chosen = engine(kind);
    const problem = missingKey(kind, chosen, given);
    if (problem !== undefined) problems.push(problem);
    return chosen;
  };
  const engines: EngineChoice = { STT: choose('STT'), LLM: choose('LLM'), TTS: choose('TTS') };
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  const { HOST, STT: _stt, LLM: _llm, TTS: _tts, ...rest } = parsed.data;
  const open = rest.TWILIO_AUTH_TOKEN !== undefined;
  const host = open ? (HOST ?? '0.0.0.0') : HOST !== undefined && isLoopback(HOST) ? HOST : '127.0.0.1';
  return { ...rest, MAX_CALLS: rest.MAX_CALLS ?? defaultMaximumCalls(engines), host, engines };
}

/**
 * A value as a problem may quote it. An account SID that does not look like one is often the auth token, pasted one line too
 * high; a URL may carry a password.
 */
function shown(name: string, value: string): string {
  const misplaced = name === 'TWILIO_ACCOUNT_SID' && !/^(AC|SK)/.test(value);
  if (isSecret(name) || misplaced) return maskSecret(value);
  return JSON.stringify(value.replace(/\/\/[^/]*@/, '//[secret]@'));
}

/** Adds the variables of the file `.env` of the current folder, if there is one; the environment wins. */
export function loadDotEnv(file = '.env'): void {
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Variables whose values must never be shown. */
export const isSecret = (name: string): boolean => /TOKEN$|_API_KEY$/.test(name);

/** All secret values of the settings, for the logger to hide wherever they turn up. */
export const secretsOf = (settings: Settings): readonly string[] =>
  Object.entries(settings).flatMap(([name, value]) => (isSecret(name) && typeof value === 'string' ? [value] : []));
