import { PRESETS } from '../services/language-model/openai/presets.ts';
import { ENGINES, type EngineKind } from './engines.ts';
import type { Settings } from './settings.ts';

/** A key that these settings use, and a request that any good key of that vendor may make, at no cost. */
export interface Credential {
  /** For people, for example `Deepgram`. */
  readonly vendor: string;
  /** The variables that hold it. */
  readonly variables: string;
  /** What to do about a refusal. */
  readonly remedy: string;
  /** Asked with GET. */
  readonly url: string;
  /** Value of the header of that name. */
  readonly authorization: string;
}

/**
 * The credentials in use: of Twilio, and of the engines that were chosen. One's own server without a key has none.
 *
 * Requests: Twilio's account resource (HTTP Basic), Deepgram's details of the key (developers.deepgram.com/docs/authenticating),
 * OpenAI's and Groq's list of models.
 */
export function credentialsOf(settings: Settings): readonly Credential[] {
  const keys = (Object.keys(ENGINES) as EngineKind[]).map((kind) => ENGINES[kind][settings.engines[kind]]?.key);
  const inUse = new Set(keys);
  const {
    TWILIO_ACCOUNT_SID: sid,
    TWILIO_AUTH_TOKEN: token,
    DEEPGRAM_API_KEY,
    OPENAI_API_KEY,
    GROQ_API_KEY,
  } = settings;
  const credentials: Credential[] = [];
  if (sid !== undefined && token !== undefined)
    credentials.push({
      vendor: 'Twilio',
      variables: 'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN',
      remedy: 'copy both anew from console.twilio.com',
      url: `${settings.TWILIO_API_BASE_URL ?? 'https://api.twilio.com'}/2010-04-01/Accounts/${sid}.json`,
      authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`,
    });
  if (DEEPGRAM_API_KEY !== undefined && inUse.has('DEEPGRAM_API_KEY'))
    credentials.push({
      vendor: 'Deepgram',
      variables: 'DEEPGRAM_API_KEY',
      remedy: 'make a new key at console.deepgram.com',
      url: `${settings.DEEPGRAM_BASE_URL ?? 'https://api.deepgram.com'}/v1/auth/token`,
      authorization: `Token ${DEEPGRAM_API_KEY}`,
    });
  if (OPENAI_API_KEY !== undefined && inUse.has('OPENAI_API_KEY'))
    credentials.push({
      vendor: 'OpenAI',
      variables: 'OPENAI_API_KEY',
      remedy: 'make a new key at platform.openai.com; a restricted one must be allowed to read models',
      url: `${settings.OPENAI_BASE_URL ?? PRESETS.openai.baseUrl}/models`,
      authorization: `Bearer ${OPENAI_API_KEY}`,
    });
  if (GROQ_API_KEY !== undefined && inUse.has('GROQ_API_KEY'))
    credentials.push({
      vendor: 'Groq',
      variables: 'GROQ_API_KEY',
      remedy: 'make a new key at console.groq.com',
      url: `${settings.GROQ_BASE_URL ?? PRESETS.groq.baseUrl}/models`,
      authorization: `Bearer ${GROQ_API_KEY}`,
    });
  return credentials;
}
