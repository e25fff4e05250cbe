import { afterEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { SimulatedClock } from 'xstate';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import { type Route, type ScriptedServer, startScriptedServer } from '../../support/scripted-server.ts';

const authToken = '12345678901234567890123456789012';
let server: ScriptedServer;

async function serve(routes: Record<string, Route>): Promise<ScriptedServer> {
  server = await startScriptedServer(routes);
  return server;
}

afterEach(() => server.close());

describe('the voice webhook', () => {
  it('carries the standard parameters, signed over the URL and all of them', async () => {
    const { origin, requests } = await serve({ '/voice': '<Response/>' });
    const url = `${origin}/voice?tenant=1`;
    const call = await placeCall({ url, authToken, from: '+14155550123', to: '+14155550100' });
    await call.ended;
    const [webhook] = requests;
    const { tenant, ...posted } = webhook?.parameters ?? {};
    expect(tenant).toBe('1');
    expect(posted).toEqual({
      AccountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/),
      CallSid: call.callSid,
      ApiVersion: '2010-04-01',
      CallStatus: 'ringing',
      Direction: 'inbound',
      From: '+14155550123',
      To: '+14155550100',
      Caller: '+14155550123',
      Called: '+14155550100',
      FromCity: '',
      FromState: '',
      FromZip: '',
      FromCountry: 'US',
      ToCity: '',
      ToState: '',
      ToZip: '',
      ToCountry: 'US',
      CallerCity: '',
      CallerState: '',
      CallerZip: '',
      CallerCountry: 'US',
      CalledCity: '',
      CalledState: '',
      CalledZip: '',
      CalledCountry: 'US',
    });
    expect(call.callSid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(webhook?.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=UTF-8');
    const signature = String(webhook?.headers['x-twilio-signature']);
    expect(twilio.validateRequest(authToken, signature, url, posted)).toBe(true);
    expect(twilio.validateRequest(authToken, signature, url, { ...posted, From: '+1' })).toBe(false);
  });

  it('is signed for the public origin but sent to the local one', async () => {
    const { origin } = await serve({ '/voice': '<Response/>' });
    const call = await placeCall({ url: `${origin}/voice`, publicOrigin: 'https://voice.example.com', authToken });
    await call.ended;
    const { headers, parameters } = server.request(0);
    const signature = String(headers['x-twilio-signature']);
    expect(twilio.validateRequest(authToken, signature, 'https://voice.example.com/voice', parameters)).toBe(true);
  });

  it('can be a GET, with the parameters in the signed query', async () => {
    const { origin } = await serve({ '/voice': '<Response/>' });
    const call = await placeCall({ url: `${origin}/voice`, method: 'GET', authToken });
    await call.ended;
    const { headers, parameters, method } = server.request(0);
    expect([method, parameters.CallSid]).toEqual(['GET', call.callSid]);
    const url = `${origin}/voice?${new URLSearchParams(parameters)}`;
    expect(twilio.validateRequest(authToken, String(headers['x-twilio-signature']), url, {})).toBe(true);
  });

  it('carries no signature without an auth token', async () => {
    const { origin, requests } = await serve({ '/voice': '<Response/>' });
    await (await placeCall({ url: `${origin}/voice` })).ended;
    expect(requests[0]?.headers).not.toHaveProperty('x-twilio-signature');
  });

  it('can be signed wrongly', async () => {
    const { origin } = await serve({ '/voice': '<Response/>' });
    await (await placeCall({ url: `${origin}/voice`, authToken, faults: { badSignature: 'webhook' } })).ended;
    const { headers, parameters } = server.request(0);
    const signature = String(headers['x-twilio-signature']);
    expect(signature).toMatch(/^[\w+/]{27}=$/);
    expect(twilio.validateRequest(authToken, signature, `${origin}/voice`, parameters)).toBe(false);
  });

  it('can be posted twice; the second answer counts', async () => {
    const { origin, requests } = await serve({
      '/voice': (_request, _response, visit) => `<Response><Say>answer ${visit}</Say></Response>`,
    });
    const call = await placeCall({ url: `${origin}/voice`, faults: { duplicateWebhook: true } });
    await call.ended;
    expect(requests.map(({ parameters }) => parameters.CallSid)).toEqual([call.callSid, call.callSid]);
    await expect(call.waitFor('say')).resolves.toEqual({ type: 'say', text: 'answer 1' });
  });

  it('asks the fallback URL when it fails, and names the error', async () => {
    const { origin, requests } = await serve({
      '/voice': (_request, response) => {
        response.status(500).send('out of order');
        return undefined;
      },
      '/fallback': '<Response><Say>sorry</Say></Response>',
    });
    const call = await placeCall({ url: `${origin}/voice`, fallbackUrl: `${origin}/fallback` });
    await call.ended;
    expect(requests.map(({ path }) => path)).toEqual(['/voice', '/fallback']);
    expect(requests[1]?.parameters).toMatchObject({ ErrorCode: '11200', ErrorUrl: `${origin}/voice` });
    expect(call.warnings).toEqual([
      { type: 'warning', code: 11200, message: `POST ${origin}/voice answered 500: out of order` },
    ]);
    await expect(call.waitFor('say')).resolves.toEqual({ type: 'say', text: 'sorry' });
  });

  it('gives up after 15 seconds', async () => {
    const clock = new SimulatedClock();
    const { origin } = await serve({
      '/voice': () => {
        clock.increment(14_999);
        queueMicrotask(() => clock.increment(1));
        return undefined;
      },
    });
    await expect(placeCall({ url: `${origin}/voice`, clock })).rejects.toMatchObject({
      name: 'CallFailure',
      code: 11200,
      message: `${origin}/voice did not answer within 15 s`,
    });
    expect(clock.now()).toBe(15_000);
  });

  it.each([
    ['a missing page', '/missing', 11200, /answered 404: Not Found$/],
    ['JSON', '/json', 12300, /content type 'application\/json; charset=utf-8', expected text\/xml$/],
    ['an unknown verb', '/record', 12200, 'TwiML verb <Record> is not emulated'],
  ])('fails the call by name: %s', async (_, path, code, message) => {
    const { origin } = await serve({
      '/json': (_request, response) => {
        response.json({ ok: true });
        return undefined;
      },
      '/record': '<Response><Record/></Response>',
    });
    const failing = placeCall({ url: origin + path });
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each(['localhost:3000/voice', 'voice'])('fails the call by name when the URL is none: %s', async (url) => {
    await serve({});
    await expect(placeCall({ url })).rejects.toMatchObject({ code: expect.any(Number) });
  });

  it('fails the call by name when nobody listens', async () => {
    const { origin, close } = await startScriptedServer({});
    await close();
    await serve({});
    await expect(placeCall({ url: `${origin}/voice` })).rejects.toMatchObject({
      code: 11205,
      message: `cannot connect to ${origin}/voice: ECONNREFUSED`,
    });
  });
});
