import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpAnswer, NOT_FOUND } from './refusal.ts';

/**
 * `GET /v1/auth/token`: the details of the key that asks, and so whether it is good; costs nothing. The fields are an example,
 * since the vendor's page names none.
 *
 * @see https://developers.deepgram.com/docs/authenticating
 */
export const TOKEN_DETAILS = {
  path: '/v1/auth/token',
  connect: () => NOT_FOUND,
  async request({ method }: IncomingMessage, _query: URLSearchParams, response: ServerResponse): Promise<void> {
    if (method === 'GET') {
      const details = { api_key_id: '00000000-0000-4000-8000-000000000001', scopes: ['usage:write'] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(details));
      return;
    }
    const { status, headers, body } = httpAnswer(NOT_FOUND);
    response.writeHead(status, headers).end(body);
  },
};
