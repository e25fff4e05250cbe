import { afterEach, describe, expect, it } from '@jest/globals';
import { createListenEndpoint } from '../../../emulators/deepgram/listen/endpoint.ts';
import { createDeepgramServer, type DeepgramServer } from '../../../emulators/deepgram/server.ts';
import { open } from '../../../server/engines/deepgram-flux.ts';
import { readSettings } from '../../../server/settings.ts';
import { until } from '../../support/until.ts';
import { captureLog } from '../../system/captured-log.ts';
import { engineContext } from './engine-context.ts';

let server: DeepgramServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('the engine deepgram-flux', () => {
  it('is the recogniser as soon as a key is set', () => {
    expect(readSettings({ DEEPGRAM_API_KEY: 'dg-0123456789' }).engines.STT).toBe('deepgram-flux');
    expect(readSettings({ DEEPGRAM_API_KEY: 'dg-0123456789', STT: 'local' }).engines.STT).toBe('local');
  });

  it('says which setting it lacks', () => {
    expect(() => readSettings({ STT: 'deepgram-flux' })).toThrow(
      'DEEPGRAM_API_KEY: needed by STT=deepgram-flux; set it, or STT=local',
    );
  });

  it('asks for guesses, and expects the name of the house and its unusual words', async () => {
    const listen = createListenEndpoint();
    server = await createDeepgramServer({ apiKey: 'dg-0123456789', endpoints: [listen] });
    const environment = { DEEPGRAM_API_KEY: 'dg-0123456789', DEEPGRAM_BASE_URL: server.baseUrl };
    const engine = await open(engineContext(environment, 'clinic'));
    const abort = new AbortController();
    const { speechToText } = engine.forCall({ callSid: `CA${'0'.repeat(32)}`, signal: new AbortController().signal });
    await speechToText.open({ signal: abort.signal, topic: 'opening', on: () => {}, onLost: () => {} });
    expect(server.requests).toEqual([
      '/v2/listen?model=flux-general-en&encoding=mulaw&sample_rate=8000&eot_threshold=0.7&eager_eot_threshold=0.5' +
        '&eot_timeout_ms=5000&keyterm=Park%20Avenue%20Clinic&keyterm=lisinopril&keyterm=metformin',
    ]);
    abort.abort();
    await listen.until(() => listen.connections.every(({ isClosed }) => isClosed));
    await engine.close();
  });

  it('logs what Flux warns of, without a key', async () => {
    const warning = { type: 'Warning', code: 'NOTHING_NEW', description: 'the key dg-0123456789 is old' };
    const listen = createListenEndpoint({ hears: { script: [{ atMs: 80, fault: 'message', message: warning }] } });
    server = await createDeepgramServer({ apiKey: 'dg-0123456789', endpoints: [listen] });
    const environment = { DEEPGRAM_API_KEY: 'dg-0123456789', DEEPGRAM_BASE_URL: server.baseUrl };
    const log = captureLog(['dg-0123456789']);
    const engine = await open({ ...engineContext(environment), logger: log.logger });
    const abort = new AbortController();
    const { speechToText } = engine.forCall({ callSid: `CA${'0'.repeat(32)}`, signal: new AbortController().signal });
    const session = await speechToText.open({
      signal: abort.signal,
      topic: 'opening',
      on: () => {},
      onLost: () => {},
    });
    session.write(Buffer.alloc(640, 0xff));
    await until(() => log.lines().length > 0);
    expect(log.lines()).toEqual([
      {
        level: 'warn',
        message: 'Flux warns',
        warning: expect.stringContaining('NOTHING_NEW'),
        timestamp: expect.any(String),
      },
    ]);
    expect(log.text()).not.toContain('dg-0123456789');
    abort.abort();
    await listen.until(() => listen.connections.every(({ isClosed }) => isClosed));
    await engine.close();
  });
});
