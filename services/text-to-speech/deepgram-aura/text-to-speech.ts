import type { TextToSpeech } from '../../../machines/call/ports.ts';
import { type AuraEncoding, createAudioDecoder } from './audio-decoder.ts';
import { AuraConnection } from './connection.ts';
import { ConnectionPool } from './connection-pool.ts';
import { AuraVoiceStream } from './voice-stream.ts';

export interface AuraOptions {
  readonly apiKey: string;
  /** http(s) origin of Deepgram, a proxy or an emulator. Default: Deepgram's own. */
  readonly baseUrl?: string | undefined;
  /** Deepgram's name of the voice. Default {@link DEFAULT_VOICE}. */
  readonly voice?: string | undefined;
  /** Speaking rate: 1 (default) is the voice's own; Deepgram has 0.7 to 1.5, what lies beyond becomes the nearest. */
  readonly rate?: number;
  /** What comes over the wire. Default `mulaw`, which needs no transcoding. */
  readonly encoding?: AuraEncoding;
  /** How long a handshake may take (ms). Default 3,000. */
  readonly openTimeoutMs?: number;
  /** How long nothing may come of a sentence (ms). Default 10,000: the call chart's own deadlines are shorter. */
  readonly stallMs?: number;
  /** How long an unused connection is kept (ms). Default 60,000. */
  readonly idleMs?: number;
  /** Between two pings of a connection (ms). Default 15,000. */
  readonly pingMs?: number;
  /** How long `Cleared` may take before a connection that was cut is dropped (ms). Default 1,000. */
  readonly clearMs?: number;
  /** How long Deepgram may take to end a session that we leave (ms). Default 1,000. */
  readonly closeGraceMs?: number;
}

/** The voice of an agent that names none. */
export const DEFAULT_VOICE = 'aura-2-thalia-en';

/** Speaks with Deepgram's Aura; one for all calls of a server. */
export interface AuraTextToSpeech extends TextToSpeech {
  /** Opens a connection ahead, unless one waits already. To be called when a call begins. */
  warm(): void;
  /** Connections that are open, opening or being left. */
  readonly connections: number;
  /** Leaves all connections. @returns when no socket is left, after `closeGraceMs` at the latest */
  close(): Promise<void>;
}

/**
 * Text to speech by Deepgram, over the SDK's `/v1/speak` socket.
 *
 * A turn fails with `auth`, `quota`, `rate-limit`, `bad-request` (an unknown voice), `timeout`, `network`, `protocol` or
 * `unavailable`. A handshake that Deepgram refuses, or that breaks, is tried once more in a turn.
 *
 * @example
 * const aura = createAuraTextToSpeech({ apiKey, voice: 'aura-2-thalia-en' });
 * aura.warm();
 * const stream = aura.open(sink, signal);
 * stream.say(0, 'Good evening.');
 * stream.end();
 */
export function createAuraTextToSpeech({
  apiKey,
  baseUrl,
  voice = DEFAULT_VOICE,
  rate = 1,
  encoding = 'mulaw',
  openTimeoutMs = 3000,
  stallMs = 10_000,
  idleMs = 60_000,
  pingMs = 15_000,
  clearMs = 1000,
  closeGraceMs = 1000,
}: AuraOptions): AuraTextToSpeech {
  const speed = Math.min(1.5, Math.max(0.7, rate));
  const connection = { apiKey, baseUrl, voice, speed, encoding, openTimeoutMs, pingMs, closeGraceMs };
  const pool = new ConnectionPool({ connect: (user) => new AuraConnection(connection, user), idleMs, clearMs });
  return {
    open: (sink, signal) => new AuraVoiceStream({ pool, decoder: createAudioDecoder(encoding), stallMs, sink, signal }),
    warm: () => pool.warm(),
    get connections() {
      return pool.size;
    },
    close: () => pool.close(),
  };
}
