import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeMulaw } from '../../codecs/g711/mulaw.ts';
import { soundSpans } from '../../codecs/level.ts';
import type { PhoneEvent } from '../../emulators/twilio/call-events.ts';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import type { PhoneOptions } from '../../emulators/twilio/phone-options.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { createTwilioRest, type TwilioRest } from '../../emulators/twilio/rest/server.ts';
import { callRecord } from '../../journal/call-record.ts';
import type { LanguageModel } from '../../machines/call/ports.ts';
import { type Engines, openEngines } from '../../server/engines.ts';
import { closeSynthesiser, synthesise } from '../../services/text-to-speech/local/synthesise.ts';
import { engineContext } from '../server/engines/engine-context.ts';
import { type LocalServer, localServer } from './local-server.ts';

const HUMAN = '+14155550142';
const EMERGENCY = '+14155550911';
const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-real-looking-auth-token';
const PHRASE = 'connecting you to emergency services';
/** What a caller must never notice of a cut (ms). */
const SILENT_WITHIN_MS = 100;
/** 20 ms each: the agent is in the middle of its first sentence. */
const FRAMES_INTO_ANSWER = 40;

const isSpoken = (event: PhoneEvent): boolean => event.type === 'mark' && event.played && event.name.endsWith('.end');

let rest: TwilioRest;
let server: LocalServer;

const environmentOf = (agent: string): NodeJS.ProcessEnv => ({
  AGENT: agent,
  TWILIO_ACCOUNT_SID: accountSid,
  TWILIO_AUTH_TOKEN: authToken,
  TWILIO_API_BASE_URL: rest.baseUrl,
  HUMAN_NUMBER: HUMAN,
  EMERGENCY_FALLBACK_NUMBER: EMERGENCY,
});

const dial = (options: Partial<PhoneOptions> = {}): Promise<PhoneCall> =>
  placeCall({ url: `${server.url}/twilio/voice`, authToken, accountSid, registry: rest.registry, ...options });

/** What was asked of the carrier for one call. */
const updatesOf = ({ callSid }: PhoneCall) =>
  rest.requests
    .filter(({ path }) => path === `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}.json`)
    .map(({ method, parameters }) => [method, /<Number>(.*)<\/Number>/.exec(String(parameters.Twiml))?.[1]]);

beforeAll(async () => {
  rest = await createTwilioRest({ accountSid, authToken });
});
afterAll(async () => {
  await rest.close();
  await closeSynthesiser();
});

describe('a caller who wants a human', () => {
  beforeAll(async () => {
    server = await localServer(environmentOf('continental'));
  }, 60_000);
  afterAll(() => server.stop());

  it('presses 0 in the middle of the greeting, hears the hand-over sentence out, and is put through by one request', async () => {
    const call = await dial();
    /** How often the carrier had been asked as each mark was played. */
    const asked: [string, number][] = [];
    call.on('mark', ({ name, played }) => played && asked.push([name, updatesOf(call).length]));
    await call.waitFor('mark', ({ name }) => name === 'e1.s0');
    call.dtmf('0');
    expect((await call.waitFor('dial')).targets).toEqual([{ kind: 'number', name: HUMAN }]);
    await call.ended;
    expect(asked).toEqual([
      ['e1.s0', 0],
      ['e3.s0', 0],
      ['e3.end', 0],
    ]);
    expect(updatesOf(call)).toEqual([['POST', HUMAN]]);

    const record = callRecord(await server.journalOf(call.callSid));
    expect(record.divergedAt).toBeUndefined();
    expect(record.output).toEqual({ reason: 'transferred', next: { verb: 'dial', number: HUMAN } });
    expect(record.transcript).toMatchObject([
      { role: 'assistant', text: expect.stringMatching(/^Welcome to the Hotel Continental\./), interrupted: true },
      { role: 'assistant', text: 'One moment, I will put you through to a colleague.' },
    ]);
  });
});

describe('a caller in an emergency', () => {
  let engines: Engines;
  /** When the model may say the phrase. */
  let mayAlarm: Promise<unknown>;
  let alarmedAt: number;

  /** The embedded model; that it says the phrase later than its first sentence is up to each test. */
  const waiting = (model: LanguageModel): LanguageModel => ({
    async *stream(request, signal) {
      for await (const part of model.stream(request, signal)) {
        if (part.type === 'text' && part.text.startsWith('connecting')) await mayAlarm;
        yield part;
      }
    },
  });

  beforeAll(async () => {
    const environment = environmentOf('clinic');
    engines = await openEngines(engineContext(environment, 'clinic'));
    const { LLM } = engines;
    const forCall: typeof LLM.forCall = (call) => {
      const { languageModel, toolbox } = LLM.forCall(call);
      return { languageModel: waiting(languageModel), toolbox };
    };
    server = await localServer(environment, {
      engines: { ...engines, LLM: { ...LLM, forCall } },
      onCall: (session) =>
        session.watch(({ type }) => {
          if (type === 'reply.emergency') alarmedAt = performance.now();
        }),
    });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await Promise.all(Object.values(engines).map((engine) => engine.close()));
  });

  /** The greeting is over, and the caller says what happened. */
  const tells = async (call: PhoneCall, what: string): Promise<void> => {
    const sound = await synthesise(what, 'rms');
    await call.waitFor('mark', isSpoken);
    await call.sendAudio(sound);
  };

  it('is put through at once, by one request, and not a sound comes before it', async () => {
    mayAlarm = Promise.resolve();
    const call = await dial();
    await tells(call, 'i have chest pain');
    expect((await call.waitFor('dial')).targets).toEqual([{ kind: 'number', name: EMERGENCY }]);
    await call.ended;
    expect(updatesOf(call)).toEqual([['POST', EMERGENCY]]);
    expect(call.timeline.filter(({ event }) => event.type === 'agentAudio').length).toBe(1); // the greeting

    const record = callRecord(await server.journalOf(call.callSid));
    expect(record.divergedAt).toBeUndefined();
    expect(record.emergencies).toEqual([{ atMs: expect.any(Number), phrase: PHRASE }]);
    expect(record.output).toEqual({ reason: 'transferred', next: { verb: 'dial', number: EMERGENCY } });
  });

  it('hears the agent fall silent as soon as its answer names the emergency', async () => {
    const line = new EventEmitter();
    const call = await dial({ onFrame: (direction) => line.emit(direction) });
    const clearedAt = call.next('clear').then(() => performance.now());
    await call.waitFor('mark', isSpoken);
    mayAlarm = call.next('agentAudio').then(async () => {
      for (let frame = 0; frame < FRAMES_INTO_ANSWER; frame += 1) await once(line, 'sent');
    });
    await tells(call, 'my husband is unconscious');
    const cutMs = (await clearedAt) - alarmedAt;
    expect(cutMs).toBeLessThan(SILENT_WITHIN_MS);
    await call.ended;
    expect(call.timeline.filter(({ event }) => event.type === 'agentAudio').length).toBe(2); // greeting and answer
    const clear = call.timeline.find(({ event }) => event.type === 'clear');
    const spans = soundSpans(decodeMulaw(call.recording.render('agent')), 8000, { thresholdDbfs: -45, frameMs: 5 });

    const silentMs = (spans.at(-1)?.endMs ?? 0) - (clear?.atMs ?? 0);
    expect(silentMs).toBeGreaterThan(-SILENT_WITHIN_MS); // it was sounding
    expect(silentMs).toBeLessThan(SILENT_WITHIN_MS);
    expect(updatesOf(call)).toEqual([['POST', EMERGENCY]]);

    const record = callRecord(await server.journalOf(call.callSid));
    expect(record.emergencies.map(({ phrase }) => phrase)).toEqual([PHRASE]);
    expect(record.transcript.at(-1)).toMatchObject({
      role: 'assistant',
      text: expect.stringMatching(/^Please/),
      interrupted: true,
    });
  });

  it('is dialled through by the stream’s end when the request fails', async () => {
    mayAlarm = Promise.resolve();
    rest.inject('server error');
    const call = await dial();
    await tells(call, 'call an ambulance');
    const { targets } = await call.waitFor('dial');
    expect(targets).toEqual([{ kind: 'number', name: EMERGENCY }]);
    await call.ended;
    expect(updatesOf(call)).toEqual([['POST', EMERGENCY]]); // refused
    const events = call.timeline.map(({ event }) => event);
    expect(events[events.findIndex(({ type }) => type === 'dial') - 1]).toEqual({
      type: 'webhook',
      url: `${server.url}/twilio/stream-ended`,
      status: 200,
    });

    const record = callRecord(await server.journalOf(call.callSid));
    expect(record.divergedAt).toBeUndefined();
    expect(record.emergencies.map(({ phrase }) => phrase)).toEqual([PHRASE]);
    expect(record.output).toEqual({ reason: 'emergency', next: { verb: 'dial', number: EMERGENCY } });
  });
});
