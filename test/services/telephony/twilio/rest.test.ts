import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Twilio } from 'twilio';
import { placeCall } from '../../../../emulators/twilio/place-call.ts';
import { createTwilioRest, type TwilioRest } from '../../../../emulators/twilio/rest/server.ts';
import { connectTwilio } from '../../../../services/telephony/twilio/client.ts';
import { createCall } from '../../../../services/telephony/twilio/create-call.ts';
import { hangUp } from '../../../../services/telephony/twilio/hang-up.ts';
import { pointNumber } from '../../../../services/telephony/twilio/point-number.ts';
import { connectTwiml, type ScriptedServer, startScriptedServer } from '../../../support/scripted-server.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-secret-of-twilio';
const phoneNumber = '+14155550100';
const CALL = {
  to: '+14155550123',
  from: phoneNumber,
  url: 'https://voice.example.com/twilio/voice',
  statusCallback: 'https://voice.example.com/twilio/status',
};
const WEBHOOKS = { phoneNumber, voiceUrl: CALL.url, statusCallback: CALL.statusCallback };

let rest: TwilioRest;
let client: Twilio;
beforeEach(async () => {
  rest = await createTwilioRest({ accountSid, authToken, phoneNumbers: [phoneNumber] });
  client = await connectTwilio({ accountSid, authToken, baseUrl: rest.baseUrl });
});
afterEach(() => rest.close());

const methods = (): readonly string[] => rest.requests.map(({ method }) => method);

describe('calling somebody', () => {
  it('orders one call with the webhooks of this server', async () => {
    const callSid = await createCall(client, CALL);
    expect(callSid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(rest.requests).toEqual([
      {
        method: 'POST',
        path: `/2010-04-01/Accounts/${accountSid}/Calls.json`,
        parameters: {
          To: CALL.to,
          From: CALL.from,
          Url: CALL.url,
          Method: 'POST',
          StatusCallback: CALL.statusCallback,
          StatusCallbackMethod: 'POST',
        },
      },
    ]);
  });

  it.each(['server error', 'bad gateway', 'disconnect'] as const)('is not tried again after: %s', async (fault) => {
    rest.inject(fault);
    await expect(createCall(client, CALL)).rejects.toMatchObject({
      name: 'ServiceError',
      retryable: false,
      message: expect.stringMatching(/; the call may have been made all the same: look before trying again$/),
    });
    expect(methods()).toEqual(['POST']);
  });

  it('is not tried again when no answer comes', async () => {
    rest.inject('hang');
    const hasty = await connectTwilio({ accountSid, authToken, baseUrl: rest.baseUrl, timeoutMs: 50 });
    await expect(createCall(hasty, CALL)).rejects.toMatchObject({ code: 'timeout', retryable: false });
    expect(methods()).toEqual(['POST']);
  });

  it('may be tried again when Twilio was never reached', async () => {
    const lost = await connectTwilio({ accountSid, authToken, baseUrl: 'http://127.0.0.1:1' });
    await expect(createCall(lost, CALL)).rejects.toMatchObject({
      code: 'network',
      retryable: true,
      message: 'no connection (ECONNREFUSED)',
    });
  });

  it('says that the account was refused', async () => {
    const stranger = await connectTwilio({ accountSid, authToken: 'wrong-token', baseUrl: rest.baseUrl });
    await expect(createCall(stranger, CALL)).rejects.toMatchObject({ code: 'auth', retryable: false });
  });
});

describe('hanging up', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startScriptedServer({ '/voice': () => connectTwiml(server.host) });
  });
  afterEach(() => server.close());

  it('ends a live call, once', async () => {
    const call = await placeCall({ url: `${server.origin}/voice`, accountSid, registry: rest.registry });
    const stream = await server.stream();
    await stream.received('media');
    expect(await hangUp(client, call.callSid)).toBe('ended');
    await call.ended;
    expect(stream.messages.at(-1)).toMatchObject({ event: 'stop' });
    expect(await hangUp(client, call.callSid)).toBe('was over');
  });

  it('takes a call that Twilio does not know for one that is over', async () => {
    expect(await hangUp(client, `CA${'f'.repeat(32)}`)).toBe('was over');
  });

  it('says why it could not', async () => {
    rest.inject('server error');
    await expect(hangUp(client, `CA${'f'.repeat(32)}`)).rejects.toMatchObject({
      code: 'unavailable',
      vendor: 'twilio',
    });
  });
});

describe('pointing a number at a server', () => {
  it('writes once, and nothing when nothing differs', async () => {
    expect(await pointNumber(client, WEBHOOKS)).toBe('changed');
    expect(await pointNumber(client, WEBHOOKS)).toBe('unchanged');
    expect(methods()).toEqual(['GET', 'POST', 'GET']);
    expect(rest.requests[1]?.parameters).toEqual({
      VoiceUrl: CALL.url,
      VoiceMethod: 'POST',
      StatusCallback: CALL.statusCallback,
      StatusCallbackMethod: 'POST',
    });
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
    expect(number).toMatchObject({ voiceUrl: CALL.url, statusCallback: CALL.statusCallback });
  });

  it('names the setting when the account has no such number', async () => {
    await expect(pointNumber(client, { ...WEBHOOKS, phoneNumber: '+14155550199' })).rejects.toMatchObject({
      code: 'bad-request',
      message: 'the account has no such number: check TWILIO_PHONE_NUMBER',
    });
    expect(methods()).toEqual(['GET']);
  });

  it('says why it could not', async () => {
    rest.inject('bad gateway');
    await expect(pointNumber(client, WEBHOOKS)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
