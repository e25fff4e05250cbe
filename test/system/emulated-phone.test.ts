import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PhoneEvent } from '../../emulators/twilio/call-events.ts';
import type { PhoneOptions } from '../../emulators/twilio/phone-options.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { createTwilioRest, type TwilioRest } from '../../emulators/twilio/rest/server.ts';
import { type TestServer, testServer } from '../server/test-server.ts';

/** The real server and the emulated Twilio, signed and in real time; only recogniser, model and voice are scripted. */
const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-real-looking-auth-token';
const publicOrigin = 'https://voice.example.com';
const HUMAN = '+14155550142';
/** A deliberate close of a bidirectional stream is always logged by Twilio. */
const DELIBERATE_CLOSE = 31921;

let rest: TwilioRest;
let server: TestServer;

beforeEach(async () => {
  rest = await createTwilioRest({ accountSid, authToken });
  server = await testServer({
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_API_BASE_URL: rest.baseUrl,
    PUBLIC_URL: publicOrigin,
    HUMAN_NUMBER: HUMAN,
    HOST: '127.0.0.1',
  });
});
afterEach(async () => {
  await server.stop();
  await rest.close();
});

const dial = (options: Partial<PhoneOptions> = {}) =>
  placeCall({
    url: `${server.url}/twilio/voice`,
    publicOrigin,
    authToken,
    accountSid,
    registry: rest.registry,
    ...options,
  });

/** The mark behind a whole stretch of speech, and the caller heard it. */
const isSpoken = (event: PhoneEvent): boolean => event.type === 'mark' && event.name.endsWith('.end') && event.played;

describe('a caller on an emulated telephone', () => {
  it('hears the greeting to its end, asks, is answered, and hangs up', async () => {
    const call = await dial();
    await call.waitFor('mark', isSpoken);
    await server.scripted.says(call.callSid, { type: 'caller.speechStarted' });
    await server.scripted.says(call.callSid, { type: 'caller.endOfTurn', text: 'hello', confidence: 1, words: [] });
    await call.next('mark', isSpoken);
    await call.hangUp();
    expect(await call.ended).toMatchObject({ reason: 'caller hung up', status: 'completed' });
    expect(call.warnings).toEqual([]);
  });

  it('who presses 0 is handed to a human over REST once the hand-over sentence was heard', async () => {
    const call = await dial();
    await call.waitFor('mark', isSpoken);
    call.dtmf('0');
    const { targets } = await call.waitFor('dial');
    expect(targets).toEqual([{ kind: 'number', name: HUMAN }]);
    const events = call.timeline.map(({ event }) => event);
    const ends = events
      .slice(
        0,
        events.findIndex(({ type }) => type === 'dial'),
      )
      .filter(isSpoken);
    expect(ends.length).toBe(2); // the greeting and the hand-over sentence
    await call.ended;
    expect(call.warnings.filter(({ code }) => code !== DELIBERATE_CLOSE)).toEqual([]);
  });

  it('is told goodbye when an operator ends the call, and the line is closed behind the last word', async () => {
    const call = await dial();
    await call.waitFor('mark', isSpoken);
    server.calls.get(call.callSid)?.send({ type: 'operator.hangUp' });
    await call.next('mark', isSpoken);
    expect(await call.ended).toMatchObject({ reason: 'hangup verb', status: 'completed' });
    expect(call.warnings.map(({ code }) => code)).toEqual([DELIBERATE_CLOSE]);
  });

  it('whose stream breaks off is not left in silence', async () => {
    const call = await dial({ faults: { stopMissing: true } });
    await call.waitFor('mark', isSpoken);
    await call.hangUp();
    await Promise.all(server.calls.list().map(({ ended }) => ended));
    expect(server.calls.live).toBe(0);
  });

  it.each([
    { jitter: { everyMs: 100, holdMs: 60 } },
    { duplicateStart: true },
    { frameBytes: 800 },
    { frameBytes: 37 },
    { duplicateWebhook: true },
  ])('hears the whole greeting over a carrier with %j', async (faults) => {
    const call = await dial({ faults });
    await call.waitFor('mark', isSpoken);
    await call.hangUp();
    expect(call.warnings).toEqual([]);
    expect(call.timeline.filter(({ event }) => event.type === 'mark' && event.played).length).toBe(4);
  });

  it.each([
    { noStart: true },
    { badSignature: 'upgrade' as const },
  ])('is told so when the stream fails: %j', async (faults) => {
    await server.stop();
    server = await testServer(
      { TWILIO_AUTH_TOKEN: authToken, PUBLIC_URL: publicOrigin, HOST: '127.0.0.1' },
      { startTimeoutMs: 50 },
    );
    const call = await dial({ faults });
    expect((await call.waitFor('say')).text).toMatch(/^We are sorry, our assistant cannot take your call/);
    expect(await call.ended).toMatchObject({ reason: 'hangup verb' });
  });

  it('without Twilio’s signature is not let in', async () => {
    await expect(dial({ authToken: 'somebody-else' })).rejects.toMatchObject({ code: 11200 });
  });
});
