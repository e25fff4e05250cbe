import { afterEach, describe, expect, it } from '@jest/globals';
import { createDeepgramServer, type DeepgramServer } from '../../../emulators/deepgram/server.ts';
import { createSpeakEndpoint } from '../../../emulators/deepgram/speak/endpoint.ts';
import { open } from '../../../server/engines/deepgram-aura.ts';
import { readSettings } from '../../../server/settings.ts';
import { until } from '../../support/until.ts';
import { engineContext } from './engine-context.ts';

let server: DeepgramServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('the engine deepgram-aura', () => {
  it('is the voice as soon as a key is set', () => {
    expect(readSettings({ DEEPGRAM_API_KEY: 'dg-0123456789' }).engines.TTS).toBe('deepgram-aura');
    expect(readSettings({ DEEPGRAM_API_KEY: 'dg-0123456789', TTS: 'local' }).engines.TTS).toBe('local');
  });

  it('says which setting it lacks', () => {
    expect(() => readSettings({ TTS: 'deepgram-aura' })).toThrow(
      'DEEPGRAM_API_KEY: needed by TTS=deepgram-aura; set it, or TTS=local',
    );
  });

  it("opens a connection with the agent's voice when a call begins, and leaves it when it closes", async () => {
    server = await createDeepgramServer({ apiKey: 'dg-0123456789', endpoints: [createSpeakEndpoint()] });
    const { requests } = server;
    const environment = { DEEPGRAM_API_KEY: 'dg-0123456789', DEEPGRAM_BASE_URL: server.baseUrl };
    const engine = await open(engineContext(environment, 'clinic'));
    expect(requests).toEqual([]);
    engine.forCall({ callSid: `CA${'0'.repeat(32)}`, signal: new AbortController().signal });
    await until(() => server?.openSockets === 1);
    expect(requests).toEqual(['/v1/speak?model=aura-2-orion-en&encoding=mulaw&sample_rate=8000']);
    await engine.close();
    await until(() => server?.openSockets === 0);
  });
});
