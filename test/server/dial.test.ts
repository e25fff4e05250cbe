import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { createTwilioRest, type TwilioRest } from '../../emulators/twilio/rest/server.ts';
import { dial, endCall } from '../../server/dial.ts';
import { readSettings } from '../../server/settings.ts';
import { until } from '../support/until.ts';
import { type TestServer, testServer } from './test-server.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-secret-of-twilio';
const TO = '+14155550123';

let rest: TwilioRest;
let ringing: Promise<PhoneCall>[];
let server: TestServer;
beforeEach(async () => {
  ringing = [];
  rest = await createTwilioRest({
    accountSid,
    authToken,
    ring: (call) => void ringing.push(placeCall({ ...call, authToken })),
  });
  server = await testServer({ TWILIO_AUTH_TOKEN: authToken });
});
afterEach(async () => {
  await server.stop();
  await rest.close();
});

const settings = (change: NodeJS.ProcessEnv = {}) =>
  readSettings({
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_PHONE_NUMBER: '+14155550100',
    TWILIO_API_BASE_URL: rest.baseUrl,
    PUBLIC_URL: server.url,
    ...change,
  });

describe('the agent calls somebody', () => {
  it('who picks up and is connected to it, until the call is ended from outside', async () => {
    const callSid = await dial(settings(), TO);
    await until(() => ringing.length === 1);
    const phone = await ringing[0];
    await until(() => server.calls.list().length === 1);
    expect(server.calls.get(callSid)?.callSid).toBe(callSid);
    expect(phone?.callSid).toBe(callSid);
    expect(await endCall(settings(), callSid)).toBe('ended');
    await phone?.ended;
    await until(() => server.calls.live === 0);
    expect(await endCall(settings(), callSid)).toBe('was over');
  });

  it('only when nothing is missing', async () => {
    await expect(dial(readSettings({}), TO)).rejects.toMatchObject({
      problems: [
        'TWILIO_ACCOUNT_SID: needed by npm run dial; copy it from console.twilio.com',
        'TWILIO_AUTH_TOKEN: needed by npm run dial; copy it from console.twilio.com',
        'TWILIO_PHONE_NUMBER: needed by npm run dial; a number of the account, E.164',
        'PUBLIC_URL: needed by npm run dial; the origin under which Twilio reaches the server, or --url',
      ],
    });
    await expect(dial(settings(), '0123')).rejects.toThrow(
      '--to: expected a number in E.164, for example +14155550100, received "0123"',
    );
    expect(rest.requests).toEqual([]);
  });

  it('only when the server takes calls: nobody is rung for an error message', async () => {
    const { url } = server;
    const other = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await expect(dial(settings({ PUBLIC_URL: origin }), TO)).rejects.toThrow(
      `what answers at ${origin} is not Callchart (HTTP 404): check PUBLIC_URL`,
    );
    other.closeAllConnections();
    await once(other.close(), 'close');
    await expect(dial(settings({ PUBLIC_URL: 'http://127.0.0.1:1' }), TO)).rejects.toThrow(
      'nobody answers at http://127.0.0.1:1: npm start first, or give its address: --url',
    );
    await server.calls.drain(0);
    await expect(dial(settings(), TO)).rejects.toThrow(`the server at ${url} takes no calls now`);
    expect(rest.requests).toEqual([]);
  });

  it('once: what Twilio does not answer is not ordered again', async () => {
    rest.inject('server error');
    await expect(dial(settings(), TO)).rejects.toMatchObject({ code: 'unavailable', retryable: false });
    expect(rest.requests.length).toBe(1);
  });
});
