import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TwilioRest } from '../../../../services/telephony/twilio/call-control.ts';
import type { TwilioAccount } from '../../../../services/telephony/twilio/client.ts';

const ACCOUNT_SID = `AC${'1'.repeat(32)}`;
const CALL_SID = `CA${'2'.repeat(32)}`;
const HUMAN = { kind: 'human', number: '+14155550100' } as const;

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  if (server) await once(server.close(), 'close');
  server = undefined;
});

async function restServer(answer: RequestListener, change: Partial<TwilioAccount> = {}) {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const rest = new TwilioRest({ accountSid: ACCOUNT_SID, authToken: 'secret', baseUrl, ...change });
  return rest.callControl({ callSid: CALL_SID, actionUrl: 'https://voice.example.com/twilio/stream-ended' });
}

const json = (status: number, body: object): RequestListener => {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

describe('handing a call over', () => {
  it('replaces the running document of the call by a dial', async () => {
    const requests: unknown[] = [];
    const control = await restServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        const { method, url, headers } = request;
        requests.push([method, url, headers.authorization, Object.fromEntries(new URLSearchParams(body))]);
        json(200, { sid: CALL_SID, status: 'in-progress' })(request, response);
      });
    });
    await control.transfer(HUMAN, new AbortController().signal);
    expect(requests).toEqual([
      [
        'POST',
        `/2010-04-01/Accounts/${ACCOUNT_SID}/Calls/${CALL_SID}.json`,
        `Basic ${Buffer.from(`${ACCOUNT_SID}:secret`).toString('base64')}`,
        {
          Twiml:
            '<?xml version="1.0" encoding="UTF-8"?><Response><Dial action="https://voice.example.com/twilio/stream-ended" method="POST"><Number>+14155550100</Number></Dial></Response>',
        },
      ],
    ]);
  });

  it('lets him wait in a queue, or makes a task of him that says nothing of what was said', async () => {
    const documents: (string | null)[] = [];
    const control = await restServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        documents.push(new URLSearchParams(body).get('Twiml'));
        json(200, { sid: CALL_SID, status: 'in-progress' })(request, response);
      });
    });
    const note = { callSid: CALL_SID, agent: 'continental', reason: 'requested', turns: 2 } as const;
    const workflow = `WW${'3'.repeat(32)}`;
    await control.transfer({ kind: 'human', queue: 'Front <desk>', note }, new AbortController().signal);
    await control.transfer({ kind: 'human', queue: workflow, note }, new AbortController().signal);
    const asking = 'action="https://voice.example.com/twilio/stream-ended" method="POST"';
    expect(documents).toEqual([
      `<?xml version="1.0" encoding="UTF-8"?><Response><Enqueue ${asking}>Front &lt;desk&gt;</Enqueue></Response>`,
      `<?xml version="1.0" encoding="UTF-8"?><Response><Enqueue ${asking} workflowSid="${workflow}"><Task>{"callSid":"${CALL_SID}","agent":"continental","reason":"requested","turns":2}</Task></Enqueue></Response>`,
    ]);
  });

  it.each([
    [
      401,
      20003,
      'auth',
      false,
      'Twilio refused the account (HTTP 401, Twilio error 20003): check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
    ],
    [404, 20404, 'bad-request', false, 'the call has already ended (20404)'],
    [400, 21220, 'bad-request', false, 'the call has already ended (21220)'],
    [400, 21218, 'bad-request', false, 'Twilio refused the request (HTTP 400, Twilio error 21218)'],
    [503, 20500, 'unavailable', true, 'Twilio cannot serve requests (HTTP 503, Twilio error 20500)'],
  ])('says why: HTTP %i, code %i', async (status, code, failure, retryable, message) => {
    const control = await restServer(json(status, { code, message: 'secret words', status }));
    await expect(control.transfer(HUMAN, new AbortController().signal)).rejects.toMatchObject({
      name: 'ServiceError',
      vendor: 'twilio',
      code: failure,
      retryable,
      message,
    });
  });

  it('says that nobody answers in time', async () => {
    const control = await restServer(() => {}, { timeoutMs: 50 });
    await expect(control.transfer(HUMAN, new AbortController().signal)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('says that nobody is there', async () => {
    const control = await restServer(json(200, {}), { baseUrl: 'http://127.0.0.1:1' });
    await expect(control.transfer(HUMAN, new AbortController().signal)).rejects.toMatchObject({
      code: 'network',
      retryable: true,
    });
  });

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController();
    const control = await restServer(() => controller.abort());
    await expect(control.transfer(HUMAN, controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
      retryable: false,
    });
  });

  it('asks for nothing when it was cancelled before', async () => {
    let requests = 0;
    const control = await restServer((request, response) => {
      requests += 1;
      json(200, { sid: CALL_SID })(request, response);
    });
    await expect(control.transfer(HUMAN, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    await control.transfer(HUMAN, new AbortController().signal);
    expect(requests).toBe(1);
  });
});
