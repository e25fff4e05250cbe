import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDeepgramServer, type DeepgramServer } from '../../emulators/deepgram/server.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../emulators/openai/server.ts';
import { createTwilioRest, type TwilioRest } from '../../emulators/twilio/rest/server.ts';
import { checkKeys } from '../../server/check-keys.ts';
import { createLogger } from '../../server/logging.ts';
import { readSettings } from '../../server/settings.ts';

const SID = `AC${'1'.repeat(32)}`;
const KEYS = {
  TWILIO_AUTH_TOKEN: 'twilio-right-0000',
  DEEPGRAM_API_KEY: 'deepgram-right-0000',
  OPENAI_API_KEY: 'sk-openai-right-0000',
} as const;

let twilio: TwilioRest;
let deepgram: DeepgramServer;
let openai: OpenAiEmulator;
beforeEach(async () => {
  twilio = await createTwilioRest({ accountSid: SID, authToken: KEYS.TWILIO_AUTH_TOKEN });
  deepgram = await createDeepgramServer({ apiKey: KEYS.DEEPGRAM_API_KEY, endpoints: [] });
  openai = await createOpenAiEmulator({ apiKey: KEYS.OPENAI_API_KEY, answer: () => [] });
});
afterEach(() => Promise.all([twilio.close(), deepgram.close(), openai.close()]));

/** Checks with these keys against the emulators. @returns what the log says */
async function check(change: NodeJS.ProcessEnv = {}, patienceMs?: number): Promise<readonly string[]> {
  const settings = readSettings({
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_API_BASE_URL: twilio.baseUrl,
    DEEPGRAM_BASE_URL: deepgram.baseUrl,
    OPENAI_BASE_URL: openai.baseUrl,
    ...KEYS,
    ...change,
  });
  const stream = new PassThrough();
  await checkKeys(settings, createLogger({ level: 'info', secrets: [], pretty: false, stream }), patienceMs);
  const lines = String(stream.read() ?? '').split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line).message);
}

describe('the keys', () => {
  it('are each tried once, and good ones leave no word', async () => {
    expect(await check()).toEqual([]);
    expect(twilio.requests).toEqual([{ method: 'GET', path: `/2010-04-01/Accounts/${SID}.json`, parameters: {} }]);
    expect(deepgram.requests).toEqual(['/v1/auth/token']);
    expect(openai.requests.map(({ method, path }) => [method, path])).toEqual([['GET', '/v1/models']]);
  });

  it('that are refused are all named with their remedies, never shown', async () => {
    const wrong = { TWILIO_AUTH_TOKEN: 'wrong-0001', DEEPGRAM_API_KEY: 'wrong-0002', OPENAI_API_KEY: 'wrong-0003' };
    await expect(check(wrong)).rejects.toMatchObject({
      name: 'SettingsError',
      problems: [
        'DEEPGRAM_API_KEY: Deepgram refuses it (HTTP 401); make a new key at console.deepgram.com',
        'OPENAI_API_KEY: OpenAI refuses it (HTTP 401); make a new key at platform.openai.com; a restricted one must be allowed to read models',
        'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN: Twilio refuses it (HTTP 401); copy both anew from console.twilio.com',
        'CHECK_KEYS=warn starts all the same.',
      ],
    });
  });

  it('that are refused are a warning if that is wanted', async () => {
    expect(await check({ DEEPGRAM_API_KEY: 'wrong-0002', CHECK_KEYS: 'warn' })).toEqual([
      'DEEPGRAM_API_KEY: Deepgram refuses it (HTTP 401); make a new key at console.deepgram.com',
    ]);
  });

  it('are not tried when nobody wants it, or no engine uses them', async () => {
    expect(await check({ CHECK_KEYS: 'off', DEEPGRAM_API_KEY: 'wrong-0002' })).toEqual([]);
    expect(await check({ STT: 'local', LLM: 'local', TTS: 'local', DEEPGRAM_API_KEY: 'wrong-0002' })).toEqual([]);
    expect([deepgram.requests, openai.requests]).toEqual([[], []]);
  });

  it('of vendors who cannot say are taken on trust, with a warning', async () => {
    deepgram.inject('server error');
    expect(await check()).toEqual([
      'Deepgram did not say whether DEEPGRAM_API_KEY is good (HTTP 500); starting all the same',
    ]);
    deepgram.inject('disconnect');
    expect(await check()).toEqual([
      'Deepgram did not say whether DEEPGRAM_API_KEY is good (UND_ERR_SOCKET); starting all the same',
    ]);
  });

  it('are not waited for without end', async () => {
    deepgram.inject('hang');
    const only = { STT: 'deepgram-flux', LLM: 'local', TTS: 'local', TWILIO_ACCOUNT_SID: '' };
    expect(await check(only, 50)).toEqual([
      'Deepgram did not say whether DEEPGRAM_API_KEY is good (no answer in time); starting all the same',
    ]);
  });
});
