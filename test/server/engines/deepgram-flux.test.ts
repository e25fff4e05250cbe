import { afterEach, describe, expect, it } from '@jest/globals';
import { loadProfile } from '../../../agents/load-profile.ts';
import { createListenEndpoint } from '../../../emulators/deepgram/listen/endpoint.ts';
import { createDeepgramServer, type DeepgramServer } from '../../../emulators/deepgram/server.ts';
import { open } from '../../../server/engines/deepgram-flux.ts';
import { readSettings } from '../../../server/settings.ts';

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
    const settings = readSettings({ DEEPGRAM_API_KEY: 'dg-0123456789', DEEPGRAM_BASE_URL: server.baseUrl });
    const engine = await open({ settings, profile: await loadProfile('clinic') });
    const abort = new AbortController();
    const { speechToText } = engine.forCall({ callSid: `CA${'0'.repeat(32)}` });
    await speechToText.open({ signal: abort.signal, topic: 'opening', on: () => {}, onLost: () => {} });
    expect(server.requests).toEqual([
      '/v2/listen?model=flux-general-en&encoding=mulaw&sample_rate=8000&eot_threshold=0.7&eager_eot_threshold=0.5' +
        '&eot_timeout_ms=5000&keyterm=Park%20Avenue%20Clinic&keyterm=lisinopril&keyterm=metformin',
    ]);
    abort.abort();
    await listen.until(() => listen.connections.every(({ isClosed }) => isClosed));
    await engine.close();
  });
});
