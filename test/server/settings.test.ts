import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError, secretsOf, VARIABLES } from '../../server/settings.ts';

const problemsOf = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('need nothing: embedded engines on loopback', () => {
    expect(readSettings({ PATH: '/bin', PORT: '', HUMAN_NUMBER: ' ' })).toEqual({
      PORT: 3000,
      host: '127.0.0.1',
      AGENT: 'continental',
      LOG_LEVEL: 'info',
      LOG_DIR: 'logs',
      MAX_CALLS: Math.min(50, 8 * availableParallelism()),
      DRAIN_TIMEOUT: 30_000,
      CHECK_KEYS: 'refuse',
      engines: { STT: 'local', LLM: 'local', TTS: 'local' },
    });
  });

  it('are taken as they are given, URLs without their last slash', () => {
    const settings = readSettings({
      PORT: '0',
      PUBLIC_URL: 'https://voice.example.com/',
      TWILIO_AUTH_TOKEN: 'a-secret-token',
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      HUMAN_NUMBER: '+14155550100',
      STT: 'local',
    });
    expect(settings).toMatchObject({
      PORT: 0,
      PUBLIC_URL: 'https://voice.example.com',
      host: '0.0.0.0',
      HUMAN_NUMBER: '+14155550100',
    });
    expect(secretsOf(settings)).toEqual(['a-secret-token']);
  });

  it('name every problem at once, and never show a secret', () => {
    expect(
      problemsOf({
        PORT: '70000',
        PUBLIC_URL: 'voice.example.com',
        AGENT: '../etc',
        LOG_LEVEL: 'loud',
        MAX_CALLS: '0',
        TWILIO_ACCOUNT_SID: 'SK123',
        TWILIO_AUTH_TOKEN: 'short',
        TWILIO_API_BASE_URL: 'ftp://x',
        HUMAN_NUMBER: '4155550100',
        HUMAN_QUEUE: 'q'.repeat(65),
        EMERGENCY_FALLBACK_NUMBER: '+1 999',
        STT: 'siren',
      }),
    ).toEqual([
      'PORT: expected a whole number from 0 to 65535, received "70000"',
      'PUBLIC_URL: expected the http(s) URL that Twilio reaches, for example https://voice.example.com, received "voice.example.com"',
      'AGENT: expected the name of a folder in agents/, for example continental, received "../etc"',
      'LOG_LEVEL: expected error, warn, info or debug, received "loud"',
      'MAX_CALLS: expected a whole number from 1 to 10000, received "0"',
      'TWILIO_ACCOUNT_SID: expected AC and 32 hexadecimal digits, from console.twilio.com, received "SK123"',
      'TWILIO_AUTH_TOKEN: expected at least 8 characters, received (5 characters)',
      'TWILIO_API_BASE_URL: expected an http(s) origin, for example http://127.0.0.1:4010, received "ftp://x"',
      'HUMAN_NUMBER: expected a number in E.164, for example +14155550100, received "4155550100"',
      `HUMAN_QUEUE: expected the name of a queue, 64 characters at most, received "${'q'.repeat(65)}"`,
      'EMERGENCY_FALLBACK_NUMBER: expected a number in E.164, for example +14155550100, received "+1 999"',
      `HUMAN_QUEUE: expected nothing while HUMAN_NUMBER is set, since a caller goes to one of them, received "${'q'.repeat(65)}"`,
      'STT: expected an engine that is built in (deepgram-flux, local), received "siren"',
    ]);
  });

  it.each([
    [{ STT: 'deepgram-flux' }, 'DEEPGRAM_API_KEY: needed by STT=deepgram-flux; set it, or STT=local'],
    [{ TTS: 'deepgram-aura' }, 'DEEPGRAM_API_KEY: needed by TTS=deepgram-aura; set it, or TTS=local'],
    [
      { LLM: 'openai' },
      'OPENAI_API_KEY: needed by LLM=openai; set it, or OPENAI_BASE_URL to a server that wants no key, or LLM=local',
    ],
    [
      { LLM: 'groq', OPENAI_API_KEY: 'sk-0123456789' },
      'GROQ_API_KEY: needed by LLM=groq; set it, or GROQ_BASE_URL to a server that wants no key, or LLM=local',
    ],
  ])('name the key that an engine lacks: %j', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });

  it('let an own server go without a key', () => {
    expect(readSettings({ LLM: 'openai', OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }).engines.LLM).toBe('openai');
  });

  it('show neither a token that was pasted one line too high, nor the password of a URL, nor a key that no header carries', () => {
    expect(
      problemsOf({
        TWILIO_ACCOUNT_SID: '0123456789abcdef0123456789abcdef',
        PUBLIC_URL: 'ftp://operator:hunter22@voice.example.com',
        OPENAI_API_KEY: 'sk-with a space',
      }),
    ).toEqual([
      'PUBLIC_URL: expected the http(s) URL that Twilio reaches, for example https://voice.example.com, received "ftp://[secret]@voice.example.com"',
      'TWILIO_ACCOUNT_SID: expected AC and 32 hexadecimal digits, from console.twilio.com, received (32 characters, …ef)',
      'OPENAI_API_KEY: expected letters, digits and signs of ASCII, without a space, received (15 characters, …ce)',
    ]);
  });

  it.each([
    [{}, '127.0.0.1'],
    [{ HOST: '0.0.0.0' }, '127.0.0.1'],
    [{ HOST: '::1' }, '::1'],
    [{ TWILIO_AUTH_TOKEN: 'a-secret-token' }, '0.0.0.0'],
    [{ TWILIO_AUTH_TOKEN: 'a-secret-token', HOST: '10.0.0.7' }, '10.0.0.7'],
  ])('listen on loopback only while nobody is checked: %j', (environment, host) => {
    expect(readSettings(environment).host).toBe(host);
  });

  it('are all explained in .env.example, and nothing else is', () => {
    const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const explained = [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(explained.toSorted()).toEqual([...VARIABLES].toSorted());
  });
});
