import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { Fault } from '../../emulators/openai/faults.ts';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import { connectedChart } from '../../machines/call/connect-call.ts';
import { callSidOf, FakePhone, post, streamOf } from '../server/fake-phone.ts';
import { testServer } from '../server/test-server.ts';
import { connectTo } from '../support/connect-to.ts';
import { captureLog } from './captured-log.ts';
import { ALL_SECRETS, openScene, type Scene, SECRETS, Sinks, SPEECH } from './leak-scene.ts';
import { type ServerProcess, startProcess } from './server-process.ts';

/** What the process under test must never show: keys anywhere, what callers say anywhere but in the journal. */
const releases: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const release of releases.splice(0)) await release();
});
const opened = async (keys: 'good' | 'refused'): Promise<Scene> => {
  const scene = await openScene(keys);
  releases.push(() => scene.close());
  return scene;
};

const isAnswered = (call: PhoneCall): Promise<unknown> =>
  call.waitFor('mark', ({ name, played }) => played && !name.startsWith('e1.') && name.endsWith('.end'));

describe('a server with vendors, as a process', () => {
  it('shows no key and no word of its callers, in calls that succeed and in calls that a vendor fails', async () => {
    const scene = await opened('good');
    const admin = { authorization: `Bearer ${SECRETS.ADMIN_TOKEN}` };
    const faults: (Fault | undefined)[] = [undefined, 'unauthorized', 'error in stream', 'malformed JSON'];
    for (const fault of faults) {
      if (fault) scene.openai.inject(fault);
      const call = await scene.dial();
      await isAnswered(call);
      expect(await scene.get('/api/calls', admin)).toBe(200);
      expect(await scene.get(`/api/calls/${call.callSid}`, admin)).toBe(200);
      await call.hangUp();
    }
    // A hand-over that Twilio refuses.
    scene.answer = [{ type: 'toolCall', name: 'transfer_to_human', arguments: '{}' }];
    const call = await scene.dial();
    await isAnswered(call);
    await call.hangUp();
    for (const [path, headers, status] of [
      ['/metrics', {}, 200],
      ['/health', {}, 200],
      ['/api/calls', { authorization: `Bearer ${SECRETS.OPENAI_API_KEY}` }, 401],
      [`/nowhere?token=${SECRETS.ADMIN_TOKEN}`, {}, 404],
    ] as const)
      expect(await scene.get(path, headers)).toBe(status);
    const voice = `${scene.url}/twilio/voice`;
    const form = { CallSid: callSidOf(9) };
    const signature = getExpectedTwilioSignature(SECRETS.TWILIO_AUTH_TOKEN, voice, form);
    const twiml = await (await post(voice, form, { 'x-twilio-signature': signature })).text();
    scene.sinks.add('TwiML', twiml);
    scene.sinks.add('TwiML', await (await post(voice, form, { 'x-twilio-signature': `${signature}x` })).text());
    const status = `${scene.url}/twilio/status`;
    const over = { ...form, CallStatus: 'canceled' };
    await post(status, over, {
      'x-twilio-signature': getExpectedTwilioSignature(SECRETS.TWILIO_AUTH_TOKEN, status, over),
    });

    expect(await scene.end()).toBe(0);
    expect(scene.sinks.with(ALL_SECRETS)).toEqual([]);
    expect(scene.streamTokens.length).toBe(5);
    expect(scene.sinks.with(scene.streamTokens)).toEqual([]);
    expect(scene.sinks.with([streamOf(twiml).token])).toEqual(['TwiML']);
    // The model must be told, and the journal is where people look; it is also the proof that there was something to hide.
    expect(scene.sinks.with(SPEECH)).toEqual(['OpenAI bodies', 'journal']);
  }, 60_000);

  it('shows none when every vendor refuses its key, and says which', async () => {
    const scene = await opened('refused');
    const call = await scene.dial();
    await call.waitFor('ended');
    expect(await scene.get('/metrics')).toBe(200);
    expect(await scene.end()).toBe(0);
    for (const key of ['TWILIO_AUTH_TOKEN', 'DEEPGRAM_API_KEY', 'OPENAI_API_KEY'])
      expect(scene.server.output()).toContain(`${key}: `);
    expect(scene.sinks.with([...ALL_SECRETS, ...scene.streamTokens])).toEqual([]);
  }, 60_000);
});

describe('a process that cannot start', () => {
  const start = (environment: NodeJS.ProcessEnv): ServerProcess => {
    const process = startProcess({ CHECK_KEYS: 'off', PORT: '0', ...environment });
    releases.push(() => process.kill());
    return process;
  };

  it.each([
    ['an unknown agent', { ...SECRETS, AGENT: 'nobody' }, 'no agent profile "nobody"'],
    ['settings that are wrong', { ...SECRETS, PORT: 'x', STT: 'siren' }, 'PORT: expected a whole number'],
    [
      'a token where the account belongs',
      { ...SECRETS, TWILIO_ACCOUNT_SID: SECRETS.TWILIO_AUTH_TOKEN },
      'TWILIO_ACCOUNT_SID: expected AC and 32 hexadecimal digits, from console.twilio.com, received (24 characters, …d7)',
    ],
    [
      'a key with a letter that no header carries',
      { ...SECRETS, OPENAI_API_KEY: `${SECRETS.OPENAI_API_KEY}\u2026` },
      'OPENAI_API_KEY: expected letters, digits and signs of ASCII',
    ],
    [
      'a password within a URL',
      { ...SECRETS, PUBLIC_URL: `ftp://me:${SECRETS.ADMIN_TOKEN}@example.com` },
      'received "ftp://[secret]@example.com"',
    ],
  ])('says why, and shows no key: %s', async (_what, environment, why) => {
    const server = start(environment);
    expect(await server.exited).toBe(1);
    expect(server.output()).toContain(why);
    expect(ALL_SECRETS.filter((secret) => server.output().includes(secret))).toEqual([]);
  });
});

it('a call whose chart crashes on what was said leaves its words in the journal only', async () => {
  const log = captureLog(ALL_SECRETS, 'debug');
  const server = await testServer(
    { ADMIN_TOKEN: SECRETS.ADMIN_TOKEN },
    {
      logger: log.logger,
      connect: connectTo(
        connectedChart.provide({
          actions: {
            'cut audio': () => {
              throw new Error(`a bug with ${SECRETS.OPENAI_API_KEY} in its words`);
            },
          },
        }),
      ),
    },
  );
  releases.push(() => server.stop());
  const sinks = new Sinks();
  const phone = await FakePhone.call(server.url, callSidOf(1));
  await phone.spoken(1);
  phone.frames(1);
  await server.scripted.heard(callSidOf(1), 160);
  const session = server.calls.get(callSidOf(1));
  const text = SPEECH.join(' ');
  await server.scripted.says(callSidOf(1), { type: 'caller.endOfTurn', text, confidence: 0.9, words: [] });
  await phone.spoken(2);
  phone.frames(1);
  await server.scripted.heard(callSidOf(1), 320);
  session?.send({ type: 'operator.hangUp' });
  expect(await phone.closed).toBe(1011);
  await session?.released;
  sinks.add('log', log.text());
  sinks.add('metrics', await (await fetch(`${server.url}/metrics`)).text());
  const afterwards = await post(`${server.url}/twilio/stream-ended`, { CallSid: callSidOf(1) });
  sinks.add('TwiML', await afterwards.text());
  for (const file of await readdir(server.journals))
    sinks.add('journal', await readFile(join(server.journals, file), 'utf8'));
  expect(log.lines().map(({ message }) => message)).toContain('the call crashed');
  expect(sinks.with(ALL_SECRETS)).toEqual([]);
  expect(sinks.with(SPEECH)).toEqual(['journal']);
});
