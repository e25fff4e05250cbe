import { describe, expect, it } from '@jest/globals';
import { createListenEndpoint, type ListenFault } from '../../emulators/deepgram/listen/endpoint.ts';
import type { FaultStep, ScriptStep } from '../../emulators/deepgram/listen/script.ts';
import type { RequestFault } from '../../emulators/deepgram/request-faults.ts';
import { createDeepgramServer } from '../../emulators/deepgram/server.ts';
import type { DeepgramFluxOptions } from '../../services/speech-to-text/deepgram-flux/options.ts';
import { createDeepgramFlux } from '../../services/speech-to-text/deepgram-flux/speech-to-text.ts';
import { describeSpeechToText, type Misfortune, type Scenario } from './speech-to-text.ts';

const KEY = 'dg-0123456789-secret';
const SCRIPT: readonly ScriptStep[] = [
  { atMs: 500, event: 'StartOfTurn', text: 'Book' },
  { atMs: 800, event: 'Update', text: 'Book a table.' },
  { atMs: 1100, event: 'EagerEndOfTurn' },
  { atMs: 1300, event: 'TurnResumed', text: 'Book a table for' },
  { atMs: 1500, event: 'Update', text: 'Book a table for two.' },
  { atMs: 1700, event: 'EagerEndOfTurn' },
  {
    atMs: 2000,
    event: 'EndOfTurn',
    words: [
      { word: 'Book', confidence: 0.99, start: 0.32, end: 0.52 },
      { word: 'two.', confidence: 0.97, start: 1.2, end: 1.44 },
    ],
  },
];
const UTTERANCE = new Uint8Array(8 * 2400).fill(0xff);

interface Arrangement {
  readonly script?: readonly ScriptStep[];
  readonly fault?: ListenFault;
  readonly requestFault?: RequestFault;
  readonly apiKey?: string;
  readonly options?: Partial<DeepgramFluxOptions>;
  readonly maximumSessions?: number;
}

const arrange =
  ({ script = SCRIPT, fault, requestFault, apiKey = KEY, options, maximumSessions = 10 }: Arrangement) =>
  async (): Promise<Scenario> => {
    const listen = createListenEndpoint({ hears: { script }, maximumSessions });
    const server = await createDeepgramServer({ apiKey: KEY, endpoints: [listen] });
    if (fault) listen.inject(fault);
    if (requestFault) server.inject(requestFault);
    return {
      speechToText: createDeepgramFlux({
        apiKey,
        baseUrl: server.baseUrl,
        listening: { eagerEotThreshold: 0.5 },
        ...options,
      }),
      allClosed: () => listen.until(() => listen.connections.every(({ isClosed }) => isClosed)),
      close: () => server.close(),
    };
  };

const misfortune = (
  name: string,
  code: Misfortune['code'],
  retryable: boolean,
  arrangement: Arrangement,
): Misfortune => ({ name, code, retryable, start: arrange(arrangement) });

const lost = (name: string, code: Misfortune['code'], fault: FaultStep): Misfortune =>
  misfortune(name, code, code !== 'bad-request', { script: [...SCRIPT.slice(0, 4), fault] });

describeSpeechToText({
  vendor: 'deepgram flux',
  utterance: UTTERANCE,
  text: 'Book a table for two.',
  secret: KEY,
  start: arrange({}),
  refusals: [
    misfortune('the key is wrong', 'auth', false, { apiKey: `${KEY}-of-somebody-else` }),
    misfortune('the project lacks the model', 'auth', false, { fault: 'forbidden' }),
    misfortune('a parameter is refused', 'bad-request', false, {
      options: { model: 'flux-general-multi', languageHints: ['?'] },
    }),
    misfortune('too many sessions are open', 'rate-limit', true, { maximumSessions: 0 }),
    misfortune('the server is in trouble', 'unavailable', true, { requestFault: 'server error' }),
    misfortune('the connection breaks', 'network', true, { requestFault: 'disconnect' }),
    misfortune('nobody answers the handshake', 'timeout', true, {
      requestFault: 'hang',
      options: { openTimeoutMs: 60 },
    }),
    misfortune('nobody speaks behind the handshake', 'timeout', true, {
      fault: 'hang',
      options: { openTimeoutMs: 60 },
    }),
  ],
  losses: [
    lost('the connection breaks in a turn', 'network', { atMs: 1400, fault: 'drop' }),
    lost('the server closes without a code', 'unavailable', { atMs: 1400, fault: 'close' }),
    lost('the server closes as if all were well', 'unavailable', { atMs: 1400, fault: 'close', code: 1000 }),
    lost('the server reports a fatal error', 'unavailable', {
      atMs: 1400,
      fault: 'error',
      description: `the worker of ${KEY} died`,
    }),
    lost('it is told what is no JSON', 'protocol', { atMs: 1400, fault: 'garbage' }),
    lost('it is told half a message', 'protocol', {
      atMs: 1400,
      fault: 'message',
      message: { type: 'TurnInfo', event: 'Update', turn_index: 'first', transcript: KEY },
    }),
    misfortune('audio flows and no answer comes', 'timeout', true, {
      script: [{ atMs: 100, fault: 'stall' }],
      options: { unansweredMs: 60 },
    }),
  ],
});

const { DEEPGRAM_API_KEY: key } = process.env;
describe('deepgram flux, live', () => {
  // Shows up as skipped when DEEPGRAM_API_KEY is not set.
  (key ? it : it.skip)('opens a session and takes audio (needs DEEPGRAM_API_KEY)', async () => {
    const abort = new AbortController();
    const lostSessions: unknown[] = [];
    const session = await createDeepgramFlux({ apiKey: String(key) }).open({
      signal: abort.signal,
      topic: 'anything',
      on: () => {},
      onLost: (failure) => lostSessions.push(failure),
    });
    session.write(UTTERANCE);
    abort.abort();
    expect(lostSessions).toEqual([]);
  });
});
