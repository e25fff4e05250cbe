import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDeepgramServer, type DeepgramServer } from '../../../emulators/deepgram/server.ts';

const KEY = 'dg-0123456789-secret';
let server: DeepgramServer;
beforeEach(async () => {
  server = await createDeepgramServer({ apiKey: KEY, endpoints: [] });
});
afterEach(() => server.close());

async function ask(authorization: string, method = 'GET') {
  const response = await fetch(`${server.baseUrl}/v1/auth/token`, { method, headers: { authorization } });
  return { status: response.status, error: response.headers.get('dg-error'), body: await response.json() };
}

describe('/v1/auth/token', () => {
  it('describes a good key, whichever way it is sent', async () => {
    for (const scheme of ['Token', 'Bearer'])
      expect(await ask(`${scheme} ${KEY}`)).toEqual({
        status: 200,
        error: null,
        body: { api_key_id: expect.any(String), scopes: ['usage:write'] },
      });
  });

  it('refuses any other, and every method but GET', async () => {
    expect(await ask('Token wrong')).toMatchObject({
      status: 401,
      error: 'INVALID_AUTH',
      body: { err_code: 'INVALID_AUTH', err_msg: 'Invalid credentials.' },
    });
    expect(await ask(`Token ${KEY}`, 'PUT')).toMatchObject({ status: 404, error: 'NOT_FOUND' });
  });
});
