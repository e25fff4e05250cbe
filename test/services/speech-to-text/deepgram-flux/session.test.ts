import { afterEach, describe, expect, it } from '@jest/globals';
import { createListenEndpoint, type ListenEndpoint } from '../../../../emulators/deepgram/listen/endpoint.ts';
import type { ScriptStep } from '../../../../emulators/deepgram/listen/script.ts';
import { createDeepgramServer, type DeepgramServer } from '../../../../emulators/deepgram/server.ts';
import type { CallerEvent, Failure } from '../../../../machines/call/events.ts';
import type { SpeechToTextSession } from '../../../../machines/call/ports.ts';
import type { DeepgramFluxOptions } from '../../../../services/speech-to-text/deepgram-flux/options.ts';
import { createDeepgramFlux } from '../../../../services/speech-to-text/deepgram-flux/speech-to-text.ts';

const KEY = 'dg-0123456789';

interface Bench {
  readonly server: DeepgramServer;
  readonly listen: ListenEndpoint;
  readonly session: SpeechToTextSession;
  readonly abort: AbortController;
  readonly events: CallerEvent[];
  readonly warnings: string[];
  readonly lost: Promise<Failure>;
}

const servers: DeepgramServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Opens one session with an emulator of its own. */
async function open(
  script: readonly ScriptStep[] = [],
  options: Partial<DeepgramFluxOptions> = {},
  topic = 'opening',
): Promise<Bench> {
  const listen = createListenEndpoint({ hears: { script } });
  const server = await createDeepgramServer({ apiKey: KEY, endpoints: [listen] });
  servers.push(server);
  const abort = new AbortController();
  const events: CallerEvent[] = [];
  const warnings: string[] = [];
  let lose: (failure: Failure) => void = () => {};
  const lost = new Promise<Failure>((resolve) => {
    lose = resolve;
  });
  const flux = createDeepgramFlux({ apiKey: KEY, baseUrl: `${server.baseUrl}/`, ...options }, (warning) =>
    warnings.push(warning),
  );
  const session = await flux.open({
    signal: abort.signal,
    topic,
    on: (event) => events.push(event),
    onLost: (failure) => lose(failure),
  });
  return { server, listen, session, abort, events, warnings, lost };
}

const silence = (durationMs: number): Uint8Array => new Uint8Array(8 * durationMs).fill(0xff);
const ended = ({ listen }: Bench): Promise<void> => listen.until(() => listen.connections[0]?.isClosed === true);

describe('a session with Flux', () => {
  it('is opened with the parameters of the phone line and nothing that Flux has a default for', async () => {
    const { server } = await open();
    expect(server.requests).toEqual([
      '/v2/listen?model=flux-general-en&encoding=mulaw&sample_rate=8000&eot_threshold=0.7&eot_timeout_ms=5000',
    ]);
  });

  it('is opened with what the options and the first topic say', async () => {
    const { server } = await open(
      [],
      {
        model: 'flux-general-multi',
        languageHints: ['en', 'es'],
        listening: { eotThreshold: 0.8, eagerEotThreshold: 0.4, keyterms: ['Continental'] },
        topics: { name: { eotTimeoutMs: 8000, keyterms: ['Smith & Sons', 'Jones'] } },
      },
      'name',
    );
    expect(server.requests).toEqual([
      '/v2/listen?model=flux-general-multi&encoding=mulaw&sample_rate=8000&eot_threshold=0.8&eager_eot_threshold=0.4' +
        '&eot_timeout_ms=8000&keyterm=Smith%20%26%20Sons&keyterm=Jones&language_hint=en&language_hint=es',
    ]);
  });

  it('sends everything that it is given, silence included, in pieces of 80 ms', async () => {
    const { listen, session } = await open();
    for (let frame = 0; frame < 10; frame += 1) session.write(silence(20));
    await listen.until(() => listen.connections[0]?.heardMs === 160);
    expect(listen.connections[0]?.frames).toEqual([640, 640]);
  });

  it('reconfigures Flux for a topic, and back for one that it does not know', async () => {
    const { listen, session, warnings } = await open([], {
      topics: { name: { eotTimeoutMs: 8000, keyterms: ['Smith'] } },
    });
    const texts = (): readonly string[] => listen.connections[0]?.texts ?? [];
    session.expect('name');
    session.expect('confirm');
    session.expect('name');
    session.expect('anything else');
    await listen.until(() => texts().length === 2);
    expect(texts()).toEqual([
      '{"type":"Configure","thresholds":{"eot_timeout_ms":8000},"keyterms":["Smith"]}',
      '{"type":"Configure","thresholds":{"eot_timeout_ms":5000},"keyterms":[]}',
    ]);
    expect(warnings).toEqual([]);
  });

  it('pings, so that a pause of the carrier does not end it', async () => {
    const { listen } = await open([], { pingEveryMs: 5 });
    await listen.until(() => (listen.connections[0]?.pings ?? 0) >= 3);
  });

  it('says goodbye to Flux, and nothing to the call', async () => {
    const bench = await open([{ atMs: 80, event: 'StartOfTurn', text: 'Hello' }]);
    bench.abort.abort();
    bench.session.write(silence(160));
    await ended(bench);
    expect(bench.listen.connections[0]?.texts).toEqual(['{"type":"CloseStream"}']);
    expect([bench.events, bench.listen.connections[0]?.frames]).toEqual([[], []]);
  });

  it('does not wait for a Flux that does not close', async () => {
    const bench = await open([{ atMs: 80, fault: 'stall' }], { answerTimeoutMs: 20 });
    bench.session.write(silence(80));
    await bench.listen.until(() => bench.listen.connections[0]?.heardMs === 80);
    bench.abort.abort();
    await ended(bench);
    expect(bench.listen.connections[0]?.texts).toEqual(['{"type":"CloseStream"}']);
  });

  it('survives what it can do without, and tells of it without saying the key', async () => {
    const bench = await open(
      [
        { atMs: 80, fault: 'message', message: { type: 'Warning', code: 'SLOW', description: `for ${KEY}` } },
        { atMs: 80, fault: 'message', message: { type: 'Metadata', words: ['x'] } },
        { atMs: 80, fault: 'message', message: { type: 'Metadata', words: ['y'] } },
        { atMs: 80, fault: 'message', message: { type: 'ConfigureFailure', error_code: 'TOO_MANY' } },
        { atMs: 160, event: 'StartOfTurn', text: 'Hello' },
        { atMs: 240, event: 'EndOfTurn' },
        { atMs: 320, fault: 'duplicate' },
        { atMs: 320, fault: 'late' },
        { atMs: 400, fault: 'close', code: 1012 },
      ],
      {},
    );
    bench.session.write(silence(400));
    expect(await bench.lost).toEqual({
      code: 'unavailable',
      message: 'the server closed the session unasked (1012)',
      retryable: true,
    });
    expect(bench.events).toEqual([
      { type: 'caller.speechStarted' },
      { type: 'caller.interim', text: 'Hello' },
      { type: 'caller.endOfTurn', text: 'Hello', confidence: 0.86, words: [] },
    ]);
    expect(bench.warnings).toEqual([
      'SLOW, for [key]',
      'messages of type "Metadata" are unknown and ignored',
      'Configure was refused: TOO_MANY',
    ]);
  });

  it('tells of a broken connection, and leaves the next one to the call', async () => {
    const bench = await open([{ atMs: 80, fault: 'drop' }]);
    bench.session.write(silence(80));
    expect(await bench.lost).toEqual({ code: 'network', message: 'the connection broke (1006)', retryable: true });
    await ended(bench);
    expect(bench.server.requests).toHaveLength(1);
  });

  it('names a message of ours that Flux does not take', async () => {
    const code = 'UNPARSABLE_CLIENT_MESSAGE';
    const bench = await open([{ atMs: 80, fault: 'error', code, description: 'no such field' }]);
    bench.session.write(silence(80));
    expect(await bench.lost).toEqual({
      code: 'bad-request',
      message: 'Deepgram ended the session: UNPARSABLE_CLIENT_MESSAGE, no such field',
      retryable: false,
    });
  });
});

describe('options of Flux', () => {
  it.each<[DeepgramFluxOptions, string]>([
    [{ apiKey: '' }, 'apiKey: Too small'],
    [{ apiKey: KEY, baseUrl: 'wss://api.deepgram.com' }, 'baseUrl: Invalid URL'],
    [{ apiKey: KEY, listening: { eotThreshold: 0.95 } }, 'listening.eotThreshold: Too big'],
    [{ apiKey: KEY, listening: { eagerEotThreshold: 0.8 } }, 'listening.eagerEotThreshold: must not be above'],
    [{ apiKey: KEY, topics: { name: { eagerEotThreshold: 0.5 } } }, 'topics.name.eagerEotThreshold: needs'],
    [
      { apiKey: KEY, listening: { eagerEotThreshold: 0.6 }, topics: { name: { eotThreshold: 0.5 } } },
      'topics.name.eagerEotThreshold: must not be above',
    ],
    [{ apiKey: KEY, languageHints: ['es'] }, 'languageHints: flux-general-en takes none'],
    [{ apiKey: KEY, listening: { keyterms: Array(101).fill('x') } }, 'listening.keyterms: Too big'],
  ])('are checked: %#', (options, problem) => {
    expect(() => createDeepgramFlux(options)).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining(problem) }),
    );
  });
});
