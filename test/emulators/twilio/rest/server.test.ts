import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import type { PhoneCall } from '../../../../emulators/twilio/phone-call.ts';
import type { PhoneOptions } from '../../../../emulators/twilio/phone-options.ts';
import { placeCall } from '../../../../emulators/twilio/place-call.ts';
import { createTwilioRest, type TwilioRest, type TwilioRestOptions } from '../../../../emulators/twilio/rest/server.ts';
import { connectTwiml, type ScriptedServer, startScriptedServer } from '../../../support/scripted-server.ts';

const accountSid = 'AC00000000000000000000000000000001';
const authToken = '12345678901234567890123456789012';
let rest: TwilioRest;
let server: ScriptedServer;
let client: twilio.Twilio;

async function start(options: Partial<TwilioRestOptions> = {}): Promise<void> {
  rest = await createTwilioRest({ accountSid, authToken, ...options });
  client = twilio(accountSid, authToken, { timeout: 2000 });
  client.api.baseUrl = rest.baseUrl;
}

beforeEach(async () => {
  server = await startScriptedServer({
    '/voice': () => connectTwiml(server.host, { tail: '<Say>tail</Say>' }),
    '/other': '<Response><Say>other</Say></Response>',
    '/status': '',
    '/amd': '',
  });
  await start();
});

afterEach(async () => {
  await server.close();
  await rest.close();
});

async function liveCall() {
  const call = await placeCall({ url: `${server.origin}/voice`, accountSid, registry: rest.registry });
  const stream = await server.stream();
  await stream.received('media');
  return { call, stream };
}

describe('Twilio REST with the real SDK', () => {
  it('shows a live call', async () => {
    const { call } = await liveCall();
    const fetched = await client.calls(call.callSid).fetch();
    expect(fetched).toMatchObject({
      sid: call.callSid,
      accountSid,
      status: 'in-progress',
      direction: 'inbound',
      from: '+14155550123',
      to: '+14155550100',
      apiVersion: '2010-04-01',
      endTime: null,
      duration: null,
    });
    expect(Math.abs(fetched.dateCreated.getTime() - Date.now())).toBeLessThan(5000);
    await call.hangUp();
    await expect(client.calls(call.callSid).fetch()).resolves.toMatchObject({ status: 'completed', duration: '0' });
  });

  it('new TwiML stops the stream and is carried out, the old document forgotten', async () => {
    const { call, stream } = await liveCall();
    const updated = await client
      .calls(call.callSid)
      .update({ twiml: '<Response><Dial>+14155550111</Dial></Response>' });
    expect(updated.status).toBe('in-progress');
    await expect(call.ended).resolves.toMatchObject({ reason: 'dialled' });
    expect(stream.messages.at(-1)).toMatchObject({ event: 'stop' });
    expect(call.timeline.map(({ event }) => event.type)).toEqual([
      'webhook',
      'streamStarted',
      'streamEnded',
      'dial',
      'ended',
    ]);
    expect(call.warnings).toEqual([]);
    expect(rest.requests).toEqual([
      {
        method: 'POST',
        path: `/2010-04-01/Accounts/${accountSid}/Calls/${call.callSid}.json`,
        parameters: { Twiml: '<Response><Dial>+14155550111</Dial></Response>' },
      },
    ]);
  });

  it('a new URL stops the stream and is asked', async () => {
    const { call } = await liveCall();
    await client.calls(call.callSid).update({ url: `${server.origin}/other`, method: 'POST' });
    await call.ended;
    expect(call.timeline.map(({ event }) => event)).toContainEqual({ type: 'say', text: 'other' });
    expect(call.timeline.map(({ event }) => event)).not.toContainEqual({ type: 'say', text: 'tail' });
  });

  it('status completed ends the call', async () => {
    const { call, stream } = await liveCall();
    await expect(client.calls(call.callSid).update({ status: 'completed' })).resolves.toMatchObject({
      status: 'completed',
    });
    await expect(call.ended).resolves.toEqual({ type: 'ended', reason: 'completed over REST', status: 'completed' });
    expect(stream.messages.at(-1)).toMatchObject({ event: 'stop' });
  });

  it('wrong TwiML ends the call with an application error, relative URLs included', async () => {
    const { call } = await liveCall();
    await client.calls(call.callSid).update({ twiml: '<Response><Redirect>/other</Redirect></Response>' });
    await expect(call.ended).resolves.toMatchObject({ reason: 'application error' });
    expect(call.warnings).toMatchObject([{ code: 15004 }]);
  });

  it('refuses what is not there, not in progress, or not asked properly', async () => {
    const { call } = await liveCall();
    await expect(client.calls('CA404').fetch()).rejects.toMatchObject({
      status: 404,
      code: 20404,
      moreInfo: 'https://www.twilio.com/docs/errors/20404',
      message: `The requested resource /2010-04-01/Accounts/${accountSid}/Calls/CA404.json was not found`,
    });
    await expect(client.calls(call.callSid).update({})).rejects.toMatchObject({ status: 400, code: 20001 });
    await call.hangUp();
    const late = client.calls(call.callSid).update({ twiml: '<Response/>' });
    await expect(late).rejects.toMatchObject({ status: 400, code: 21220 });
    const stranger = twilio(accountSid, 'wrong');
    stranger.api.baseUrl = rest.baseUrl;
    await expect(stranger.calls(call.callSid).fetch()).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  it('breaks down on demand, in order', async () => {
    rest.inject('rate limit');
    rest.inject('server error');
    rest.inject('bad gateway');
    rest.inject('disconnect');
    const attempt = () => client.calls('CA1').fetch();
    await expect(attempt()).rejects.toMatchObject({ status: 429, code: 20429 });
    await expect(attempt()).rejects.toMatchObject({ status: 500, code: 20500 });
    await expect(attempt()).rejects.toMatchObject({ status: 502, message: '[HTTP 502] Failed to execute request' });
    await expect(attempt()).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(attempt()).rejects.toMatchObject({ status: 404 });
    rest.inject('hang');
    const impatient = twilio(accountSid, authToken, { timeout: 50 });
    impatient.api.baseUrl = rest.baseUrl;
    await expect(impatient.calls('CA1').fetch()).rejects.toMatchObject({ code: 'ECONNABORTED' });
  });

  it('is retried by the SDK after 429', async () => {
    const patient = twilio(accountSid, authToken, { autoRetry: true, maxRetryDelay: 10 });
    patient.api.baseUrl = rest.baseUrl;
    const { call } = await liveCall();
    rest.inject('rate limit', 2);
    await expect(patient.calls(call.callSid).update({ status: 'completed' })).resolves.toMatchObject({
      sid: call.callSid,
    });
    expect(rest.requests).toHaveLength(3);
    await call.ended;
  });

  it('creates an outbound call, which rings a telephone', async () => {
    let pickUp: (options: PhoneOptions) => void = () => {};
    const answered = new Promise<PhoneCall>((resolve, reject) => {
      pickUp = (options) => void placeCall(options).then(resolve, reject);
    });
    await rest.close();
    await start({ ring: (options) => pickUp(options) });
    const created = await client.calls.create({
      to: '+14155550199',
      from: '+14155550100',
      url: `${server.origin}/other`,
      statusCallback: `${server.origin}/status`,
      statusCallbackEvent: ['initiated', 'answered', 'completed'],
    });
    expect(created).toMatchObject({ status: 'queued', direction: 'outbound-api', to: '+14155550199' });
    const call = await answered;
    await call.ended;
    expect(call.callSid).toBe(created.sid);
    expect(server.requestsTo('/other')[0]?.parameters).toMatchObject({
      Direction: 'outbound-api',
      CallSid: created.sid,
    });
    expect(server.requestsTo('/status').map(({ parameters }) => parameters.CallStatus)).toEqual([
      'initiated',
      'in-progress',
      'completed',
    ]);
  });

  it('creates an outbound call with TwiML; unanswered it stays queued and can be cancelled', async () => {
    const twiml = '<Response><Say>hello</Say></Response>';
    const { sid } = await client.calls.create({ to: '+14155550199', from: '+14155550100', twiml });
    await expect(client.calls(sid).update({ status: 'canceled' })).resolves.toMatchObject({ status: 'canceled' });
    await expect(client.calls(sid).fetch()).resolves.toMatchObject({ status: 'canceled' });
    const nowhere = client.calls.create({ to: '+14155550199', from: '+14155550100' });
    await expect(nowhere).rejects.toMatchObject({ status: 400, code: 21205 });
  });

  it('posts the verdict of asynchronous machine detection after the answer', async () => {
    let pickUp: (options: PhoneOptions) => void = () => {};
    const answered = new Promise<PhoneCall>((resolve, reject) => {
      pickUp = (options) => {
        const asyncMachineDetection = { url: `${server.origin}/status`, ...options.asyncMachineDetection, afterMs: 10 };
        placeCall({ ...options, asyncMachineDetection, answeredBy: 'machine_start' }).then(resolve, reject);
      };
    });
    await rest.close();
    await start({ ring: (options) => pickUp(options) });
    await client.calls.create({
      to: '+14155550199',
      from: '+14155550100',
      url: `${server.origin}/voice`,
      machineDetection: 'Enable',
      asyncAmd: 'true',
      asyncAmdStatusCallback: `${server.origin}/amd`,
    });
    const call = await answered;
    await call.waitFor('webhook', ({ url }) => url.endsWith('/amd'));
    expect(server.requestsTo('/amd')[0]?.parameters).toEqual({
      AccountSid: accountSid,
      CallSid: call.callSid,
      AnsweredBy: 'machine_start',
      MachineDetectionDuration: '10',
    });
    expect(server.requestsTo('/voice')[0]?.parameters).not.toHaveProperty('AnsweredBy');
    await call.hangUp();
  });

  it('confirms the start of a recording', async () => {
    const { call } = await liveCall();
    const recording = await client.calls(call.callSid).recordings.create({ recordingChannels: 'dual' });
    expect(recording).toMatchObject({
      sid: expect.stringMatching(/^RE[0-9a-f]{32}$/),
      callSid: call.callSid,
      channels: 2,
      status: 'in-progress',
      source: 'StartCallRecordingAPI',
      track: 'both',
    });
    await call.hangUp();
    await expect(client.calls(call.callSid).recordings.create()).rejects.toMatchObject({ code: 21220 });
  });

  it('lists the numbers of the account and changes their webhooks', async () => {
    await rest.close();
    await start({ phoneNumbers: ['+14155550100', '+14155550101'] });
    const [found, ...others] = await client.incomingPhoneNumbers.list({ phoneNumber: '+14155550101', limit: 1 });
    expect([found?.voiceUrl, others]).toEqual(['', []]);
    const sid = String(found?.sid);
    await client.incomingPhoneNumbers(sid).update({ voiceUrl: 'https://voice.example.com/twilio/voice' });
    const listed = await client.incomingPhoneNumbers.list();
    expect(listed.map(({ phoneNumber, voiceUrl }) => [phoneNumber, voiceUrl])).toEqual([
      ['+14155550100', ''],
      ['+14155550101', 'https://voice.example.com/twilio/voice'],
    ]);
    await expect(client.incomingPhoneNumbers('PN404').update({})).rejects.toMatchObject({ code: 20404 });
  });
});
