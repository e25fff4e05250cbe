import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createListenEndpoint } from '../../emulators/deepgram/listen/endpoint.ts';
import { createDeepgramServer, type DeepgramServer } from '../../emulators/deepgram/server.ts';
import { createSpeakEndpoint } from '../../emulators/deepgram/speak/endpoint.ts';
import type { AnswerPart } from '../../emulators/openai/answer.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../emulators/openai/server.ts';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { createTwilioRest } from '../../emulators/twilio/rest/server.ts';
import { type ServerProcess, startProcess } from './server-process.ts';

/** Canaries: wherever one sings, it tells whose it is. */
export const SECRETS = {
  TWILIO_AUTH_TOKEN: 'canary-twilio-3f8a61c2d7',
  DEEPGRAM_API_KEY: 'canary-deepgram-90be47aa15',
  OPENAI_API_KEY: 'canary-openai-c4d2e8f771',
  ADMIN_TOKEN: 'canary-admin-5b6c7d8e9f',
} as const;
const ACCOUNT_SID = `AC${'1'.repeat(32)}`;
/** The keys, and what HTTP Basic makes of the one of Twilio. */
export const ALL_SECRETS = [
  ...Object.values(SECRETS),
  Buffer.from(`${ACCOUNT_SID}:${SECRETS.TWILIO_AUTH_TOKEN}`).toString('base64'),
];
/** Words that only the caller says, and his sentence. */
export const SPEECH = ['xylophone', 'marmalade'] as const;
const CALLER_SAYS = 'my password is xylophone marmalade';

/** Everything that was written or sent, by where it went. */
export class Sinks {
  readonly #texts = new Map<string, string>();

  add(sink: string, text: string): void {
    this.#texts.set(sink, `${this.#texts.get(sink) ?? ''}${text}\n`);
  }

  /** Where one of these words is found, in alphabetical order. */
  with(words: readonly string[]): string[] {
    const found = [...this.#texts].filter(([, text]) => words.some((word) => text.includes(word)));
    return found.map(([sink]) => sink).sort();
  }

  get names(): string[] {
    return [...this.#texts.keys()].sort();
  }
}

/** A server as a process of its own, with canaries for keys, and vendors that take them or refuse every one. */
export interface Scene {
  readonly sinks: Sinks;
  /** The tokens that the TwiML of the calls held. */
  readonly streamTokens: readonly string[];
  readonly url: string;
  readonly server: ServerProcess;
  readonly openai: OpenAiEmulator;
  readonly deepgram: DeepgramServer;
  /** What the model says from now on. */
  answer: readonly AnswerPart[];
  /** Calls; the caller says his sentence 1.5 s later. */
  dial(): Promise<PhoneCall>;
  /** Asks the server, and keeps what it says. @returns the status */
  get(path: string, headers?: Record<string, string>): Promise<number>;
  /** Ends the server in good order and keeps all that it wrote. @returns its exit code */
  end(): Promise<number | null>;
  close(): Promise<void>;
}

export async function openScene(keys: 'good' | 'refused'): Promise<Scene> {
  const keyOf = (name: keyof typeof SECRETS): string => (keys === 'good' ? SECRETS[name] : 'the-key-of-somebody-else');
  const sinks = new Sinks();
  const streamTokens: string[] = [];
  const journals = await mkdtemp(join(tmpdir(), 'journals-'));
  const listen = createListenEndpoint({
    hears: {
      script: [
        { atMs: 1500, event: 'StartOfTurn', text: 'my password' },
        { atMs: 1800, event: 'Update', text: CALLER_SAYS },
        { atMs: 2100, event: 'EndOfTurn' },
      ],
    },
  });
  const speech = (_text: string, rate: number): Int16Array => new Int16Array(rate / 10).fill(4000);
  const deepgram = await createDeepgramServer({
    apiKey: keyOf('DEEPGRAM_API_KEY'),
    endpoints: [listen, createSpeakEndpoint({ speech })],
  });
  const openai = await createOpenAiEmulator({ answer: () => scene.answer, apiKey: keyOf('OPENAI_API_KEY') });
  // Twilio always refuses: a hand-over is to fail.
  const rest = await createTwilioRest({ accountSid: ACCOUNT_SID, authToken: 'the-token-of-somebody-else' });
  const server = startProcess({
    ...SECRETS,
    PORT: '0',
    HOST: '127.0.0.1',
    CHECK_KEYS: 'warn',
    LOG_DIR: journals,
    LOG_LEVEL: 'debug',
    HUMAN_NUMBER: '+14155550142',
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_API_BASE_URL: rest.baseUrl,
    DEEPGRAM_BASE_URL: deepgram.baseUrl,
    OPENAI_BASE_URL: openai.baseUrl,
  });
  await server.written('Next:');
  const url = /on (http:\/\/127\.0\.0\.1:\d+)/.exec(server.output())?.[1] ?? '';

  const scene: Scene = {
    sinks,
    streamTokens,
    url,
    server,
    openai,
    deepgram,
    answer: [{ type: 'text', text: 'Breakfast is at seven.' }],
    async dial() {
      const call = await placeCall({
        url: `${url}/twilio/voice`,
        authToken: SECRETS.TWILIO_AUTH_TOKEN,
        accountSid: ACCOUNT_SID,
        registry: rest.registry,
        onFrame: (direction, message) => {
          if (direction === 'received') sinks.add('media socket', message);
        },
      });
      const { customParameters } = await call.waitFor('streamStarted');
      streamTokens.push(String(customParameters.token));
      return call;
    },
    async get(path, headers = {}) {
      const response = await fetch(`${url}${path}`, { headers });
      sinks.add(`GET ${path}`, JSON.stringify([...response.headers]) + (await response.text()));
      return response.status;
    },
    async end() {
      server.stop();
      const code = await server.exited;
      sinks.add('output', server.output());
      for (const file of await readdir(journals)) sinks.add('journal', await readFile(join(journals, file), 'utf8'));
      sinks.add('URLs', [...deepgram.requests, ...openai.requests.map(({ path }) => path)].join('\n'));
      sinks.add('OpenAI bodies', JSON.stringify(openai.requests.map(({ body }) => body)));
      sinks.add('Twilio requests', JSON.stringify(rest.requests));
      return code;
    },
    async close() {
      server.kill();
      await Promise.all([deepgram.close(), openai.close(), rest.close()]);
      await rm(journals, { recursive: true, force: true });
    },
  };
  return scene;
}
