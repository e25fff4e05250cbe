import { DeepgramClient } from '@deepgram/sdk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeMulaw } from '../../../../codecs/g711/mulaw.ts';
import { createDeepgramServer, type DeepgramServer } from '../../../../emulators/deepgram/server.ts';
import { createSpeakEndpoint } from '../../../../emulators/deepgram/speak/endpoint.ts';
import { tones } from '../../../../emulators/deepgram/speak/speech-source.ts';

let server: DeepgramServer;
let client: DeepgramClient;
beforeAll(async () => {
  server = await createDeepgramServer({ apiKey: 'test-key', endpoints: [createSpeakEndpoint()] });
  client = new DeepgramClient({ apiKey: 'test-key', baseUrl: server.baseUrl });
});
afterAll(() => server.close());

const speak = (text: string) =>
  client.speak.v1.audio.generate(
    { text, model: 'aura-2-thalia-en', encoding: 'mulaw', container: 'none', sample_rate: 8000 },
    { maxRetries: 0 },
  );

describe('the speak request', () => {
  it('is answered with raw audio and its headers', async () => {
    const { data, rawResponse } = await speak('Good evening.').withRawResponse();
    expect(new Uint8Array(await data.arrayBuffer())).toEqual(encodeMulaw(tones('Good evening.', 8000) as Int16Array));
    const header = (name: string) => rawResponse.headers.get(name);
    expect(['content-type', 'dg-model-name', 'dg-char-count'].map(header)).toEqual([
      'audio/mulaw;rate=8000',
      'aura-2-thalia-en',
      '13',
    ]);
  });

  it.each([
    ['an empty text', ' ', 400, 'PAYLOAD_ERROR'],
    ['a text of 2,001 characters', 'a'.repeat(2001), 413, 'PAYLOAD_TOO_LARGE'],
  ])('is refused for %s', async (_name, text, statusCode, err_code) => {
    await expect(speak(text)).rejects.toMatchObject({ statusCode, body: { err_code } });
  });

  it('is refused when a header of sound could slip in', async () => {
    const response = await fetch(`${server.baseUrl}/v1/speak?encoding=mulaw`, {
      method: 'POST',
      headers: { authorization: 'Token test-key' },
      body: '{"text":"Good evening."}',
    });
    expect([response.status, response.headers.get('dg-error')]).toEqual([400, 'INVALID_QUERY_PARAMETER']);
  });

  it('meets the faults that were injected', async () => {
    server.inject('server error');
    await expect(speak('Good evening.')).rejects.toMatchObject({ statusCode: 500 });
  });
});
