import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDeepgramServer, type DeepgramServer } from '../../../../emulators/deepgram/server.ts';
import { createSpeakEndpoint } from '../../../../emulators/deepgram/speak/endpoint.ts';
import { RawClient } from './raw-client.ts';

let server: DeepgramServer;
beforeAll(async () => {
  server = await createDeepgramServer({ apiKey: 'test-key', endpoints: [createSpeakEndpoint()] });
});
afterAll(() => server.close());

describe('an upgrade is refused', () => {
  it.each([
    ['with a wrong key', '', 'Token other-key', 401, 'INVALID_AUTH'],
    ['with a key of another scheme', '', 'Basic test-key', 401, 'INVALID_AUTH'],
    ['for an unknown voice', '?model=aura-2-nobody-en', undefined, 400, 'INVALID_QUERY_PARAMETER'],
    [
      'for a rate that the encoding lacks',
      '?encoding=mulaw&sample_rate=24000',
      undefined,
      400,
      'INVALID_QUERY_PARAMETER',
    ],
    ['for an unknown encoding', '?encoding=opus', undefined, 400, 'INVALID_QUERY_PARAMETER'],
    ['for a container, which the socket has none of', '?container=none', undefined, 400, 'INVALID_QUERY_PARAMETER'],
    ['elsewhere', '/elsewhere', undefined, 404, 'NOT_FOUND'],
  ])('%s', async (_name, query, authorization, status, code) => {
    const client = new RawClient(server, query, authorization);
    expect(await client.until('refused')).toEqual({
      type: 'refused',
      status,
      error: code,
      err_code: code,
      err_msg: expect.any(String),
    });
  });

  it('as often as it is told to, and then no more', async () => {
    server.inject('rate limit', 2);
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await new RawClient(server, '').until('refused')).toMatchObject({
        status: 429,
        error: 'TOO_MANY_REQUESTS',
      });
    const client = new RawClient(server, '', 'Bearer test-key');
    await client.until('Metadata');
    client.send({ type: 'Close' });
    expect(await client.until('closed')).toMatchObject({ code: 1000 });
  });
});
