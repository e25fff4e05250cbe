import { afterEach, describe, expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { callSidOf, FakePhone, post, streamOf } from './fake-phone.ts';
import { type TestServer, testServer } from './test-server.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const SORRY = `${XML}<Response><Say>We are sorry, our assistant cannot take your call at the moment. Please try again later.</Say><Hangup/></Response>`;
const AUTH_TOKEN = 'an-auth-token';
const WORKFLOW = `WW${'0'.repeat(32)}`;
const PUBLIC_URL = 'https://voice.example.com';

let server: TestServer;
afterEach(() => server.stop());

const voice = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await post(`${server.url}/twilio/voice`, form, headers);
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
};

describe('POST /twilio/voice', () => {
  it('connects the caller to the media socket with a token of its own', async () => {
    server = await testServer();
    const { status, type, body } = await voice({ CallSid: callSidOf(1), SomethingNew: 'x' });
    expect([status, type]).toEqual([200, 'text/xml; charset=utf-8']);
    const { token } = streamOf(body);
    expect(body.replace(token, 'TOKEN')).toBe(
      `${XML}<Response><Connect action="${server.url}/twilio/stream-ended" method="POST"><Stream url="${server.url.replace('http', 'ws')}/twilio/media"><Parameter name="token" value="TOKEN"/></Stream></Connect></Response>`,
    );
    expect(token.length + 'token'.length).toBeLessThan(500);
  });

  it('uses the public URL where one is set', async () => {
    server = await testServer({ PUBLIC_URL });
    expect(streamOf((await voice({ CallSid: callSidOf(1) })).body)).toMatchObject({
      url: 'wss://voice.example.com/twilio/media',
      action: 'https://voice.example.com/twilio/stream-ended',
    });
  });

  it('tells callers politely when all lines are busy; a call that is announced twice takes one line', async () => {
    server = await testServer({ MAX_CALLS: '1' });
    expect((await voice({ CallSid: callSidOf(1) })).body).toContain('<Connect');
    expect((await voice({ CallSid: callSidOf(1) })).body).toContain('<Connect');
    expect((await voice({ CallSid: callSidOf(2) })).body).toBe(SORRY);
    expect((await fetch(`${server.url}/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it.each([
    ['stream-ended', {}],
    ['status', { CallStatus: 'canceled' }],
  ])('gives the place of a call free that never came: %s', async (path, form) => {
    server = await testServer({ MAX_CALLS: '1' });
    await voice({ CallSid: callSidOf(1) });
    await post(`${server.url}/twilio/${path}`, { CallSid: callSidOf(1), ...form });
    expect((await voice({ CallSid: callSidOf(2) })).body).toContain('<Connect');
  });

  it('connects them to a human instead where there is one', async () => {
    server = await testServer({ MAX_CALLS: '1', HUMAN_NUMBER: '+14155550100' });
    await voice({ CallSid: callSidOf(1) });
    expect((await voice({ CallSid: callSidOf(2) })).body).toBe(
      `${XML}<Response><Dial action="${server.url}/twilio/stream-ended" method="POST"><Number>+14155550100</Number></Dial></Response>`,
    );
  });

  it.each([
    ['support', (action: string) => `<Enqueue action="${action}" method="POST">support</Enqueue>`],
    ['Front & desk', (action: string) => `<Enqueue action="${action}" method="POST">Front &amp; desk</Enqueue>`],
    [
      WORKFLOW,
      (action: string) =>
        `<Enqueue action="${action}" method="POST" workflowSid="${WORKFLOW}"><Task>{"callSid":"${callSidOf(2)}","agent":"continental","reason":"no-agent","turns":0}</Task></Enqueue>`,
    ],
  ])('or lets them wait in the queue %s', async (queue, verb) => {
    server = await testServer({ MAX_CALLS: '1', HUMAN_QUEUE: queue });
    await voice({ CallSid: callSidOf(1) });
    expect((await voice({ CallSid: callSidOf(2) })).body).toBe(
      `${XML}<Response>${verb(`${server.url}/twilio/stream-ended`)}</Response>`,
    );
  });

  it.each([
    [{}, 'CallSid'],
    [{ CallSid: 'CA1' }, 'CallSid'],
    [{ CallSid: '../../etc/passwd' }, 'CallSid'],
  ])('refuses %j', async (form, name) => {
    server = await testServer();
    const { status, body } = await voice(form as Record<string, string>);
    expect([status, JSON.parse(body)]).toEqual([
      400,
      {
        error: {
          status: 400,
          message: `missing or wrong parameter: ${name}`,
          hint: 'This address is for Twilio’s webhooks: CallSid is CA and 32 hexadecimal digits.',
        },
      },
    ]);
  });

  it('refuses a body that is too large, and one that is no form', async () => {
    server = await testServer();
    expect((await voice({ CallSid: callSidOf(1), Body: 'x'.repeat(40_000) })).status).toBe(413);
    const json = await fetch(`${server.url}/twilio/voice`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(400);
  });
});

describe('signatures', () => {
  const form = { CallSid: callSidOf(1), From: '+14155550123' };

  it('are demanded over the public URL and all parameters as soon as there is an auth token', async () => {
    server = await testServer({ TWILIO_AUTH_TOKEN: AUTH_TOKEN, PUBLIC_URL });
    const sign = (url: string, token = AUTH_TOKEN): Record<string, string> => ({
      'x-twilio-signature': getExpectedTwilioSignature(token, url, form),
    });
    expect((await voice(form)).status).toBe(403);
    expect((await voice(form, { 'x-twilio-signature': 'nonsense' })).status).toBe(403);
    expect((await voice(form, sign(`${PUBLIC_URL}/twilio/voice`, 'another token'))).status).toBe(403);
    expect((await voice(form, sign(`${server.url}/twilio/voice`))).status).toBe(403);
    expect((await voice({ ...form, From: '+1' }, sign(`${PUBLIC_URL}/twilio/voice`))).status).toBe(403);
    expect((await voice(form, sign(`${PUBLIC_URL}/twilio/voice`))).status).toBe(200);
    for (const path of ['stream-ended', 'status'])
      expect((await post(`${server.url}/twilio/${path}`, form)).status).toBe(403);
  });

  it('are over the URL of the request where there is no public one', async () => {
    server = await testServer({ TWILIO_AUTH_TOKEN: AUTH_TOKEN });
    const signature = getExpectedTwilioSignature(AUTH_TOKEN, `${server.url}/twilio/voice`, form);
    expect((await voice(form, { 'x-twilio-signature': signature })).status).toBe(200);
  });
});

describe('POST /twilio/stream-ended', () => {
  const ended = async (form: Record<string, string>): Promise<string> =>
    (await post(`${server.url}/twilio/stream-ended`, form)).text();

  it('never leaves a caller of an unknown call in silence', async () => {
    server = await testServer();
    expect(await ended({ CallSid: callSidOf(9) })).toBe(SORRY);
    await server.stop();
    server = await testServer({ HUMAN_NUMBER: '+14155550100' });
    expect(await ended({ CallSid: callSidOf(9) })).toContain('<Number>+14155550100</Number>');
  });

  it.each([
    ['completed', `${XML}<Response><Hangup/></Response>`],
    ['answered', `${XML}<Response><Hangup/></Response>`],
    ['busy', SORRY],
    ['no-answer', SORRY],
    ['failed', SORRY],
  ])('knows what to do after a dial that was %s', async (DialCallStatus, twiml) => {
    server = await testServer({ HUMAN_NUMBER: '+14155550100' });
    expect(await ended({ CallSid: callSidOf(9), DialCallStatus })).toBe(twiml);
  });
});

describe('POST /twilio/stream-ended, asked by a queue', () => {
  it.each([
    ['bridged', `${XML}<Response/>`],
    ['bridging-in-process', `${XML}<Response/>`],
    ['redirected-from-bridged', `${XML}<Response/>`],
    ['hangup', `${XML}<Response/>`],
    ['queue-full', SORRY],
    ['leave', SORRY],
    ['error', SORRY],
    ['system-error', SORRY],
  ])('parts nobody, and leaves no caller in silence: %s', async (QueueResult, twiml) => {
    server = await testServer({ HUMAN_QUEUE: 'support' });
    const response = await post(`${server.url}/twilio/stream-ended`, { CallSid: callSidOf(9), QueueResult });
    expect(await response.text()).toBe(twiml);
  });
});

describe('the console API', () => {
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${path}`, { headers });
    return { status: response.status, body: (await response.json()) as { error: { message: string } } };
  };

  it('answers this machine while no token is set, but nothing that came through a proxy', async () => {
    server = await testServer();
    expect(await get('/api/calls')).toEqual({ status: 200, body: { calls: [] } });
    expect((await get('/api/calls', { 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
    expect((await get('/api/calls', { forwarded: 'for=203.0.113.7' })).status).toBe(404);
  });

  it('is off without a token when the server can be reached from elsewhere', async () => {
    server = await testServer({ TWILIO_AUTH_TOKEN: AUTH_TOKEN, HOST: '0.0.0.0' });
    expect((await get('/api/calls')).body.error.message).toBe('the console API is off');
  });

  it('is off without a token behind a public URL, since a proxy on this machine need not show', async () => {
    server = await testServer({ PUBLIC_URL });
    expect((await get('/api/calls')).body.error.message).toBe('the console API is off');
  });

  it('demands its token where one is set', async () => {
    server = await testServer({ ADMIN_TOKEN: 'admin-token' });
    expect((await get('/api/calls')).status).toBe(401);
    expect((await get('/api/calls', { authorization: 'Bearer admin-tokem' })).status).toBe(401);
    expect((await get('/api/calls', { authorization: 'Bearer admin-token' })).status).toBe(200);
  });

  it('shows one call', async () => {
    server = await testServer();
    const phone = await FakePhone.call(server.url, callSidOf(3));
    await phone.spoken(1);
    expect((await get(`/api/calls/${callSidOf(3)}`)).body).toMatchObject({
      callSid: callSidOf(3),
      agent: 'continental',
    });
    expect((await get(`/api/calls/${callSidOf(4)}`)).status).toBe(404);
    phone.hangUp();
    await phone.closed;
  });
});

it('answers unknown addresses with a hint', async () => {
  server = await testServer();
  const response = await fetch(`${server.url}/nowhere`);
  expect([response.status, await response.json()]).toEqual([
    404,
    { error: { status: 404, message: 'there is no GET /nowhere', hint: 'See README.md for the endpoints.' } },
  ]);
});
