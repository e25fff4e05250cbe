import { setTimeout as sleep } from 'node:timers/promises';
import { createListenEndpoint } from '../../../emulators/deepgram/listen/endpoint.ts';
import { createDeepgramServer } from '../../../emulators/deepgram/server.ts';
import { createSpeakEndpoint } from '../../../emulators/deepgram/speak/endpoint.ts';
import type { AnswerPart } from '../../../emulators/openai/answer.ts';
import { type ChatRequest, wordsOf } from '../../../emulators/openai/chat-request.ts';
import { createOpenAiEmulator } from '../../../emulators/openai/server.ts';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import { RoadCall } from './road-call.ts';
import { type StartRoadServer, startInThisProcess } from './road-server.ts';
import { answerOf, placeOf } from './script.ts';

export interface ScriptedRoadOptions {
  /** Seconds of audio a second that the voice makes. */
  readonly speed: number;
  /** Whether the model finishes its answer of this turn. Else it goes on until the request is aborted. */
  readonly completes: (turn: number) => boolean;
  /** Where the server lives. Default: in this process. */
  readonly startServer?: StartRoadServer;
}

/** The server with all vendors of the main road, over their SDKs; what they hear, write and say is scripted. */
export interface ScriptedRoad {
  /** The core that the server has for itself, if it has one. */
  readonly core: number | undefined;
  /** Resolves when Flux listens to the call. One dial at a time. */
  dial(): Promise<RoadCall>;
  stop(): Promise<void>;
}

const API_KEY = 'emulated-key-of-nobody';
/** Between the model's first sentence and its next word (ms), so that what came before has arrived. */
const BREATH_MS = 10;
/** Between the words of an answer that has no end (ms). */
const BETWEEN_WORDS_MS = 200;

/** Starts it. No latency is injected: what takes time on this road is the code, the sockets and the machine. */
export async function startScriptedRoad({
  speed,
  completes,
  startServer = startInThisProcess,
}: ScriptedRoadOptions): Promise<ScriptedRoad> {
  const calls: RoadCall[] = [];
  const callOf = (caller: number): RoadCall => {
    const call = calls[caller];
    if (!call) throw new Error(`nobody has dialled as caller ${caller}`);
    return call;
  };

  const listen = createListenEndpoint({
    hears: (connection) => ({
      recogniser: {
        open: async ({ on }) => {
          callOf(connection).listenWith(on);
          return { write() {}, expect() {} };
        },
      },
    }),
    onSent: (connection, text, atMs) => {
      const { event, transcript } = JSON.parse(text) as { event?: string; transcript: string };
      if (event === 'StartOfTurn' || event === 'EndOfTurn' || (event === 'Update' && transcript !== ''))
        callOf(connection).note({ type: event, text: transcript }, atMs);
    },
  });

  /** Whose words each socket of the voice was given last. */
  const speaks = new Map<number, string>();
  const speak = createSpeakEndpoint({
    pace: { speed },
    onMessage: (socket, message) => {
      if (message.type === 'Speak') speaks.set(socket, message.text);
      const text = speaks.get(socket) ?? '';
      const place = placeOf(text);
      if (!place) return;
      if (message.type === 'Speak') callOf(place.caller).note({ type: 'speak', turn: place.turn, text });
      if (message.type === 'Clear') callOf(place.caller).note({ type: 'silence', turn: place.turn });
    },
    onAudio: (_socket, text, mulaw) => {
      const place = placeOf(text);
      if (place) callOf(place.caller).note({ type: 'audio', turn: place.turn, text, mulaw });
    },
  });
  const deepgram = await createDeepgramServer({ apiKey: API_KEY, endpoints: [listen, speak] });

  const openai = await createOpenAiEmulator({ apiKey: API_KEY, answer });
  async function* answer({ messages }: ChatRequest, signal: AbortSignal): AsyncGenerator<AnswerPart> {
    const question = messages.at(-1);
    const place = placeOf(question ? wordsOf(question) : '');
    const seen = openai.requests.findLast(({ body }) => JSON.stringify(body).includes(JSON.stringify(question)));
    if (!place || !seen) throw new Error(`not a question of the script: ${JSON.stringify(question)}`);
    const call = callOf(place.caller);
    const { turn } = place;
    const before = messages.findLast(({ role }) => role === 'assistant');
    call.note({ type: 'request', turn, before: before && wordsOf(before) }, seen.atMs);
    void seen.settled.then(({ type, atMs }) => {
      if (type === 'broken') call.note({ type: 'aborted', turn }, atMs);
    });
    const [first, second] = answerOf(place);
    yield { type: 'text', text: `${first} ` };
    await sleep(BREATH_MS);
    call.note({ type: 'sentence', turn });
    yield { type: 'text', text: second };
    if (completes(turn)) return;
    // Never silent for so long that the call gives up on the model, never at the end of a sentence.
    for (let word = 'And'; !signal.aborted; word = 'and')
      yield { type: 'text', text: ` ${word}`, afterMs: BETWEEN_WORDS_MS };
  }

  const server = await startServer(
    {
      DEEPGRAM_API_KEY: API_KEY,
      DEEPGRAM_BASE_URL: deepgram.baseUrl,
      OPENAI_API_KEY: API_KEY,
      OPENAI_BASE_URL: openai.baseUrl,
    },
    (callSid) => calls.find(({ phone }) => phone.callSid === callSid)?.note({ type: 'heard' }),
  );

  return {
    core: server.core,
    async dial() {
      const call = new RoadCall(calls.length);
      calls.push(call);
      const connections = listen.connections.length;
      call.phone = await placeCall({
        url: `${server.url}/twilio/voice`,
        record: false,
        onFrame: (direction, message) => {
          if (direction === 'received') noteServerMessage(call, message);
        },
      });
      await listen.until(() => listen.connections.length > connections);
      return call;
    },
    async stop() {
      await server.stop();
      await Promise.all([deepgram.close(), openai.close()]);
    },
  };
}

function noteServerMessage(call: RoadCall, text: string): void {
  const message = JSON.parse(text) as { event: string; media?: { payload: string }; mark?: { name: string } };
  if (message.media) call.note({ type: 'media', mulaw: Buffer.from(message.media.payload, 'base64') });
  if (message.mark) call.note({ type: 'mark', name: message.mark.name });
  if (message.event === 'clear') call.note({ type: 'clear' });
}
