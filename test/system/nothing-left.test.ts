import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { PhoneEventOf } from '../../emulators/twilio/call-events.ts';
import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import { createTwilioRest, type TwilioRest } from '../../emulators/twilio/rest/server.ts';
import { conversationState } from '../../journal/describe-step.ts';
import { replay } from '../../journal/replay.ts';
import { connectedChart } from '../../machines/call/connect-call.ts';
import type { LanguageModel, ReplyPart, TextToSpeech } from '../../machines/call/ports.ts';
import { ServiceError } from '../../services/errors.ts';
import { createRecogniserPool, type RecogniserPool } from '../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../services/speech-to-text/local/speech-to-text.ts';
import { closeSynthesiser, synthesise } from '../../services/text-to-speech/local/synthesise.ts';
import { createSynthesiserPool, type SynthesiserPool } from '../../services/text-to-speech/local/synthesiser-pool.ts';
import { createLocalTextToSpeech } from '../../services/text-to-speech/local/text-to-speech.ts';
import { connectTo } from '../support/connect-to.ts';
import { type LocalServer, localServer } from './local-server.ts';
import { processTimers, type Remains, watchRemains, watchSockets } from './remains.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-real-looking-auth-token';
const QUESTION = 'what time is breakfast';
const ANSWER = 'Breakfast is served from six thirty to ten thirty in the garden room.';

/** A model that answers as a test wants it. Whether it was told to stop is counted. */
const model = {
  /** Requests that were neither answered nor cancelled. */
  pending: 0,
  async *holds(signal: AbortSignal): AsyncGenerator<ReplyPart> {
    model.pending += 1;
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    model.pending -= 1;
  },
  async *answers(): AsyncGenerator<ReplyPart> {
    yield { type: 'text', text: ANSWER };
    yield { type: 'finish', reason: 'stop' };
  },
  // biome-ignore lint/correctness/useYield: it fails before its first word
  async *fails(): AsyncGenerator<ReplyPart> {
    throw new ServiceError('no answer', { code: 'unavailable', vendor: 'test' });
  },
};

let recognisers: RecogniserPool;
let synthesisers: SynthesiserPool;
let rest: TwilioRest;
let server: LocalServer;
let question: Uint8Array;
const sockets = watchSockets();
/** What the model of the next call does. */
let answer: LanguageModel['stream'];
/** How long the caller may be silent in the next call (ms). */
let silence: number;
/** Timers of the process before the first call. */
let timersAtFirst: number;
const remains = new Map<string, () => Remains>();
/** Says the name of each state of the conversation, as it is entered. */
const states = new EventEmitter();
const reached = (state: string): Promise<unknown> => once(states, state);

beforeAll(async () => {
  recognisers = createRecogniserPool();
  synthesisers = createSynthesiserPool();
  const speechToText = createLocalSpeechToText({
    pool: recognisers,
    grammars: { opening: `<utterance> = ${QUESTION};` },
  });
  const textToSpeech = terse(createLocalTextToSpeech({ pool: synthesisers }));
  const toolbox = { run: async () => '{}' };
  rest = await createTwilioRest({ accountSid, authToken });
  const nothing = async (): Promise<void> => {};
  server = await localServer(
    {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_API_BASE_URL: rest.baseUrl,
      HUMAN_NUMBER: '+14155550142',
    },
    {
      engines: {
        STT: { forCall: () => ({ speechToText }), close: nothing },
        LLM: {
          forCall: () => ({
            languageModel: { stream: (request, signal) => answer(request, signal) },
            toolbox,
          }),
          close: nothing,
        },
        TTS: { forCall: () => ({ textToSpeech }), close: nothing },
      },
      connect: connectTo(connectedChart.provide({ delays: { silence: () => silence } })),
      onCall: (session) => {
        remains.set(session.callSid, watchRemains(session));
        session.watch((_event, snapshot) => states.emit(conversationState(snapshot)));
      },
    },
  );
  [question] = await Promise.all([synthesise(QUESTION, 'rms'), recognisers.ready(), synthesisers.ready()]);
  timersAtFirst = processTimers();
}, 60_000);
beforeEach(() => {
  answer = (_request, signal) => model.holds(signal);
  silence = 60_000;
});
afterAll(async () => {
  await server.stop();
  await rest.close();
  await Promise.all([recognisers.close(), synthesisers.close(), closeSynthesiser()]);
});

/** Says only the first word of each sentence but the answer: real sound, less of it. */
const terse = ({ open }: TextToSpeech): TextToSpeech => ({
  open: (sink, signal) => {
    const stream = open(sink, signal);
    return {
      say: (index, text) => stream.say(index, text === ANSWER ? text : (text.split(/[ ,.]/)[0] ?? '')),
      end: () => stream.end(),
    };
  },
});

const isSpoken = ({ name, played }: PhoneEventOf<'mark'>): boolean => played && name.endsWith('.end');
const greeted = (call: PhoneCall): Promise<unknown> => call.waitFor('mark', isSpoken);

/** The greeting was heard, then the caller speaks. */
const asks = async (call: PhoneCall): Promise<void> => {
  await greeted(call);
  await call.sendAudio(question);
};
/** The greeting was heard, then the caller presses a key. */
const presses = async (call: PhoneCall, digit: string): Promise<void> => {
  await greeted(call);
  call.dtmf(digit);
};

/** Each state in which a caller can be for a while, and how a call comes into it. */
const STATES: Readonly<Record<string, (call: PhoneCall) => Promise<void> | void>> = {
  'greeting.preparing': () => {},
  'greeting.sounding': () => {},
  'listening.quiet': () => {},
  'listening.hearing': asks,
  'listening.speakingOn': async (call) => {
    await asks(call);
    await reached('responding.thinking.committed.drafting.writing');
    await call.sendAudio(question);
  },
  'responding.thinking.committed.drafting.writing': asks,
  'responding.thinking.committed.synthesising': (call) => {
    answer = model.answers;
    return asks(call);
  },
  'responding.speaking.sounding': (call) => {
    answer = model.answers;
    return asks(call);
  },
  'interrupted.hearing': async (call) => {
    answer = model.answers;
    await asks(call);
    await reached('responding.speaking.sounding');
    await call.sendAudio(question);
  },
  'apologising.reciting.sounding': (call) => {
    answer = model.fails;
    return asks(call);
  },
  'repeating.sounding': (call) => presses(call, '*'),
  'reprompting.sounding': () => {
    silence = 50;
  },
  'transferring.announcing.sounding': (call) => presses(call, '0'),
  'transferring.connecting': (call) => {
    rest.inject('hang');
    return presses(call, '0');
  },
  'declining.sounding': (call) => {
    rest.inject('server error');
    return presses(call, '0');
  },
  closing: async (call) => {
    await greeted(call);
    server.session(call.callSid).send({ type: 'operator.hangUp' });
  },
};

it.each(Object.entries(STATES))('nothing is left of a call whose caller hangs up in %s', async (state, bring) => {
  const there = reached(state);
  const call = await placeCall({ url: `${server.url}/twilio/voice`, authToken, accountSid, registry: rest.registry });
  const brought = bring(call);
  await there;
  expect(remains.get(call.callSid)?.().actors).toEqual(expect.arrayContaining(['recogniser', 'playout']));
  expect([recognisers.sessions, sockets.open(), server.calls.live]).toEqual([1, 1, 1]);
  await call.hangUp();
  await brought;
  const steps = [...replay(await server.journalOf(call.callSid))];
  await Promise.all([synthesisers.idle(), sockets.closed()]);

  const stopped = steps.find(({ entry }) => entry.event.type === 'line.stopped');
  expect(stopped?.before && conversationState(stopped.before).split('.')[0]).toBe(state.split('.')[0]);
  expect(steps.at(-1)).toMatchObject({ diverged: false, after: { status: 'done' } });
  expect(remains.get(call.callSid)?.()).toEqual({ actors: [], timers: [] });
  expect([model.pending, recognisers.sessions, sockets.open(), server.calls.live]).toEqual([0, 0, 0, 0]);
});

it('no timer of any of these calls is left in the process', () => {
  // Node's own HTTP client arms one or two of its own at any time; one a call would be many.
  expect(processTimers() - timersAtFirst).toBeLessThan(4);
});
