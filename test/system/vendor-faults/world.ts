import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { createListenEndpoint, type ListenEndpoint } from '../../../emulators/deepgram/listen/endpoint.ts';
import type { FaultStep, ScriptStep } from '../../../emulators/deepgram/listen/script.ts';
import type { Refusal } from '../../../emulators/deepgram/refusal.ts';
import { createDeepgramServer, type DeepgramServer, type Endpoint } from '../../../emulators/deepgram/server.ts';
import { createSpeakEndpoint, type SpeakEndpoint } from '../../../emulators/deepgram/speak/endpoint.ts';
import { tones } from '../../../emulators/deepgram/speak/speech-source.ts';
import type { AnswerPart } from '../../../emulators/openai/answer.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../../../emulators/openai/server.ts';
import type { PhoneEvent } from '../../../emulators/twilio/call-events.ts';
import type { PhoneCall } from '../../../emulators/twilio/phone-call.ts';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import { createTwilioRest, type TwilioRest } from '../../../emulators/twilio/rest/server.ts';
import { conversationState } from '../../../journal/describe-step.ts';
import type { CallSnapshot } from '../../../journal/replay.ts';
import { connectedChart } from '../../../machines/call/connect-call.ts';
import { connectTo } from '../../support/connect-to.ts';
import { connectedChildren } from '../../support/connected-children.ts';
import { type LocalServer, localServer } from '../local-server.ts';
import { type Remains, watchRemains } from '../remains.ts';

const KEY = 'emulated-key-of-nobody';
const accountSid = `AC${'1'.repeat(32)}`;
const authToken = 'a-real-looking-auth-token';

/** What the caller asks while the fault strikes, and afterwards, to learn whether the agent is still there. */
export const QUESTION = 'what time is breakfast';
export const PROOF = 'and what about dinner';
export const ANSWER = 'Breakfast is served in the garden room.';
export const PROOF_ANSWER = 'Dinner is at seven.';
/** The longest wait of any child or state of these calls (ms). */
export const LONGEST_WAIT_MS = 2500;

/** How the handshake with one endpoint of Deepgram goes: refused, broken right after it, or open with nobody behind it. */
export type Handshake = Refusal | 'broken' | 'mute';

/** One call with a server and vendors of its own, so that no other call's requests meet its faults. */
export interface World {
  readonly server: LocalServer;
  readonly openai: OpenAiEmulator;
  readonly rest: TwilioRest;
  readonly deepgram: DeepgramServer;
  readonly listen: ListenEndpoint;
  readonly speak: SpeakEndpoint;
  readonly call: PhoneCall;
  /** What the phone saw, and when (ms, monotonic). */
  readonly heard: readonly { readonly at: number; readonly event: PhoneEvent }[];
  /** When the caller stopped speaking, or the agent was struck: from then on it owes a sound (ms, monotonic). */
  readonly owed: number[];
  /** States of the conversation in order of entry, with the time. */
  readonly states: readonly { readonly at: number; readonly state: string }[];
  /** What happens to the next handshakes of each endpoint. */
  readonly handshakes: { readonly listen: Handshake[]; readonly speak: Handshake[] };
  /** What the model says to the {@link QUESTION}; others are always answered. */
  answer: (signal: AbortSignal) => Iterable<AnswerPart> | AsyncIterable<AnswerPart>;
  /** Resolves when {@link goOn} is called: behind the strike. */
  readonly struck: Promise<void>;
  goOn(): void;
  /** Places the call. */
  dial(): Promise<void>;
  /** Resolves as soon as the call is, or already is, as described. */
  until(condition: (snapshot: CallSnapshot) => boolean): Promise<void>;
  /** Resolves as soon as the conversation is, or already is, in a state whose name begins so. */
  reaches(state: string): Promise<void>;
  /** The same for who listens to the caller. */
  recognitionIs(state: 'connecting' | 'live' | 'reconnecting' | 'failed'): Promise<void>;
  /** The caller begins to say something, which Flux hears at once. */
  begins(text: string): void;
  /** The caller says something, all of it. */
  says(text: string): void;
  /** Flux fails, with its next frame. */
  breaksListening(fault: DistributiveOmit<FaultStep, 'atMs'>): void;
  /** Idle connections to Aura break, as they do behind proxies. */
  breakVoices(): void;
  remains(): Remains;
  close(): Promise<void>;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export async function createWorld({ human = true, password = authToken } = {}): Promise<World> {
  const scripts: ScriptStep[][] = [];
  const handshakes = { listen: [] as Handshake[], speak: [] as Handshake[] };
  const voices = new Set<WebSocket>();
  const listen = createListenEndpoint({
    // Each script grows while its session goes on.
    hears: (connection) => {
      const script: ScriptStep[] = [];
      scripts[connection] = script;
      return { script };
    },
  });
  const speak = createSpeakEndpoint({
    // Slow enough to be cut in the middle.
    pace: { speed: 3 },
    // Long enough to be interrupted where that matters, else short.
    speech: (text, sampleRate) => tones(text === ANSWER ? text.slice(0, 30) : text.slice(0, 5), sampleRate),
  });
  const deepgram = await createDeepgramServer({
    apiKey: KEY,
    endpoints: [spoilt(listen, handshakes.listen), spoilt(speak, handshakes.speak, voices)],
  });
  const openai = await createOpenAiEmulator({
    apiKey: KEY,
    answer: ({ messages }, signal) =>
      JSON.stringify(messages.at(-1)).includes(PROOF) ? [{ type: 'text', text: PROOF_ANSWER }] : world.answer(signal),
  });
  const rest = await createTwilioRest({ accountSid, authToken: password });
  let goOn = (): void => {};
  const struck = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const changes = new EventEmitter().setMaxListeners(0);
  const heard: { at: number; event: PhoneEvent }[] = [];
  const owed: number[] = [];
  const states: { at: number; state: string }[] = [];
  let now: CallSnapshot | undefined;
  let remains: (() => Remains) | undefined;
  let call: PhoneCall | undefined;

  const server = await localServer(
    {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_API_BASE_URL: rest.baseUrl,
      DEEPGRAM_API_KEY: KEY,
      DEEPGRAM_BASE_URL: deepgram.baseUrl,
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: openai.baseUrl,
      STT: 'deepgram-flux',
      LLM: 'openai',
      TTS: 'deepgram-aura',
      ...(human && { HUMAN_NUMBER: '+14155550142' }),
    },
    {
      connect: connectTo(impatientChart),
      onCall: (session) => {
        remains = watchRemains(session);
        session.watch((_event, snapshot) => {
          now = snapshot;
          const state = conversationState(snapshot);
          if (states.at(-1)?.state !== state) states.push({ at: performance.now(), state });
          changes.emit('change');
        });
      },
    },
  );

  const script = (): { steps: ScriptStep[]; atMs: number } => {
    const latest = listen.connections.length - 1;
    return { steps: scripts[latest] ?? [], atMs: listen.connections[latest]?.heardMs ?? 0 };
  };
  const world: World = {
    server,
    openai,
    rest,
    deepgram,
    listen,
    speak,
    heard,
    owed,
    states,
    handshakes,
    struck,
    goOn: () => goOn(),
    answer: () => [{ type: 'text', text: ANSWER }],
    get call() {
      if (!call) throw new Error('nobody has called yet');
      return call;
    },
    async dial() {
      call = await placeCall({ url: `${server.url}/twilio/voice`, authToken, accountSid, registry: rest.registry });
      call.onEvery(({ event }) => heard.push({ at: performance.now(), event }));
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (now === undefined || !condition(now)) return;
          changes.off('change', look);
          resolve();
        };
        changes.on('change', look);
        look();
      }),
    reaches: (state) => world.until((snapshot) => conversationState(snapshot).startsWith(state)),
    recognitionIs: (state) =>
      world.until(({ value }) => typeof value === 'object' && value.active.recognition === state),
    begins(text) {
      const { steps, atMs } = script();
      steps.push({ atMs, event: 'StartOfTurn', text });
    },
    says(text) {
      owed.push(performance.now());
      const { steps, atMs } = script();
      steps.push({ atMs, event: 'StartOfTurn', text }, { atMs, event: 'EndOfTurn', text });
    },
    breaksListening(fault) {
      const { steps, atMs } = script();
      steps.push({ ...fault, atMs });
    },
    breakVoices() {
      for (const voice of voices) voice.terminate();
    },
    remains: () => remains?.() ?? { actors: [], timers: [] },
    async close() {
      await server.stop();
      await Promise.all([deepgram.close(), openai.close(), rest.close()].map((closed) => closed.catch(() => {})));
    },
  };
  return world;
}

/** An endpoint whose next handshakes may go wrong. @param sockets gathers those that are open */
function spoilt(endpoint: Endpoint, next: Handshake[], sockets = new Set<WebSocket>()): Endpoint {
  return {
    ...endpoint,
    connect: (query) => {
      const handshake = next.shift();
      if (handshake === 'mute') return () => {};
      if (handshake === 'broken') return (socket) => socket.terminate();
      const taker = handshake ?? endpoint.connect(query);
      if (typeof taker !== 'function') return taker;
      return (socket) => {
        sockets.add(socket.once('close', () => sockets.delete(socket)));
        taker(socket);
      };
    },
  };
}

const { recogniser, reply, transfer } = connectedChildren;
/** The production chart and its children, with shorter waits. */
const impatientChart = connectedChart.provide({
  delays: {
    'voice first byte': LONGEST_WAIT_MS,
    'script first byte': LONGEST_WAIT_MS,
    'voice stall': 2000,
    'false interruption': 700,
    silence: 60_000,
  },
  actors: {
    reply: reply.provide({ delays: { 'reply first token': LONGEST_WAIT_MS } }),
    recogniser: recogniser.provide({ delays: { 'connect timeout': LONGEST_WAIT_MS, 'reconnect pause': 50 } }),
    transfer: transfer.provide({ delays: { 'transfer timeout': LONGEST_WAIT_MS, 'retry pause': 50 } }),
  },
});
