import { type Clock, monotonicClock } from '../../twilio/clock.ts';
import { type Endpoint, refuse } from '../server.ts';
import type { ClientMessage } from './client-message.ts';
import type { SpeakFault } from './faults.ts';
import type { Pace } from './pace.ts';
import { answerSpeak } from './rest.ts';
import { SpeakSession } from './session.ts';
import { readSettings, requestQuery, socketQuery } from './settings.ts';
import { type SpeechSource, tones } from './speech-source.ts';

export interface SpeakEndpointOptions {
  /** Default {@link tones}. */
  readonly speech?: SpeechSource;
  readonly pace?: Pace;
  /** Voices that exist. Default: the older default voice and some of Aura 2. */
  readonly models?: readonly string[];
  /** Default 60 minutes, as Deepgram's. */
  readonly timeLimitMs?: number;
  /** Whether `Close` waits for speech that is under way. Default true. */
  readonly drainsOnClose?: boolean;
  /** For pace and limits. Default: real time. */
  readonly clock?: Clock;
  /** Sees each message of a client as it comes; sockets are counted from 0. */
  readonly onMessage?: (socket: number, message: ClientMessage) => void;
  /** Sees the sound of a text as it leaves, frame by frame, encoded. */
  readonly onAudio?: (socket: number, text: string, frame: Uint8Array) => void;
  /** Told when the sound of a text has left to its end, right before `Flushed` does. */
  readonly onFlushed?: (socket: number) => void;
}

/** `/v1/speak`, to be mounted in a `createDeepgramServer`. */
export interface SpeakEndpoint extends Endpoint {
  /** All messages of clients so far, in order of arrival, with the number of the socket (from 0) that they came over. */
  readonly messages: readonly { readonly socket: number; readonly message: ClientMessage }[];
  /** Spoils the next flushes, one fault each. */
  inject(...faults: readonly SpeakFault[]): void;
}

const MODELS = ['aura-asteria-en', 'aura-2-thalia-en', 'aura-2-apollo-en', 'aura-2-athena-en', 'aura-2-orion-en'];
const HOUR_MS = 3_600_000;

/**
 * Deepgram's text to speech, Aura: WebSocket and REST.
 *
 * @example
 * const speak = createSpeakEndpoint({ pace: { firstByteMs: [120, 300], seed: 7 } });
 * const deepgram = await createDeepgramServer({ apiKey: 'any-key', endpoints: [speak] });
 * new DeepgramClient({ apiKey: 'any-key', baseUrl: deepgram.baseUrl });
 */
export function createSpeakEndpoint({
  speech = tones,
  pace = {},
  models = MODELS,
  timeLimitMs = HOUR_MS,
  drainsOnClose = true,
  clock = monotonicClock,
  onMessage = () => {},
  onAudio = () => {},
  onFlushed = () => {},
}: SpeakEndpointOptions = {}): SpeakEndpoint {
  const known = new Set(models);
  const faults: SpeakFault[] = [];
  const messages: { socket: number; message: ClientMessage }[] = [];
  let sockets = 0;
  return {
    path: '/v1/speak',
    messages,
    inject: (...next) => faults.push(...next),
    connect(query) {
      const settings = readSettings(socketQuery, query, known);
      if ('status' in settings) return settings;
      return (socket) => {
        const number = sockets++;
        new SpeakSession(socket, {
          settings,
          speech,
          pace,
          clock,
          timeLimitMs,
          drainsOnClose,
          nextFault: () => faults.shift(),
          onMessage: (message) => {
            messages.push({ socket: number, message });
            onMessage(number, message);
          },
          onAudio: (text, frame) => onAudio(number, text, frame),
          onFlushed: () => onFlushed(number),
        });
      };
    },
    async request(request, query, response) {
      const settings = readSettings(requestQuery, query, known);
      if ('status' in settings) refuse(response, settings);
      else await answerSpeak(request, response, settings, speech);
    },
  };
}
