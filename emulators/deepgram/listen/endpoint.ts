import { randomUUID } from 'node:crypto';
import { invalidParameter, type Refusal, TOO_MANY_REQUESTS } from '../refusal.ts';
import type { Endpoint } from '../server.ts';
import { ListenConnection } from './connection.ts';
import { type Hearing, stepsOf } from './hearing.ts';
import type { Latency } from './outbox.ts';
import { FORBIDDEN, readParameters } from './parameters.ts';
import type { OnSent } from './wire.ts';

export interface ListenEndpointOptions {
  /** The same for all connections, or one for each, counted from 0. Default: nothing is ever said. */
  readonly hears?: Hearing | ((connection: number) => Hearing);
  /** How long each message of the server is on its way (ms). Default 0. */
  readonly latencyMs?: Latency;
  /** Sessions at the same time; one more is refused with 429. Default: no limit. */
  readonly maximumSessions?: number;
  /** Whether the deployment knows `ForceEndTurn`, which came in 2026-08. Default true. */
  readonly forceEndTurn?: boolean;
  /** Default 60,000. */
  readonly idleTimeoutMs?: number;
  /** Sees each message of the server that has left, and when (`performance.now()`); connections are counted from 0. */
  readonly onSent?: (connection: number, text: string, atMs: number) => void;
}

/**
 * What the next handshake can meet, beside the faults that all endpoints share: a project without the model (403), or an
 * accepted upgrade behind which nobody speaks.
 */
export type ListenFault = 'forbidden' | 'hang';

/** `/v2/listen`, to be mounted in a `createDeepgramServer`. */
export interface ListenEndpoint extends Endpoint {
  /** All sessions that were accepted, oldest first. */
  readonly connections: readonly ListenConnection[];
  /** Spoils the next handshakes, one fault each. */
  inject(...faults: readonly ListenFault[]): void;
  /** Resolves as soon as `condition` holds; asked whenever something came from a client. */
  until(condition: () => boolean): Promise<void>;
}

/**
 * Deepgram's conversational speech to text, Flux.
 *
 * @throws RangeError naming a step of the script that Flux would never take
 * @example
 * const listen = createListenEndpoint({
 *   hears: { script: [
 *     { atMs: 500, event: 'StartOfTurn', text: 'Hello' },
 *     { atMs: 900, event: 'EndOfTurn', text: 'Hello there.' },
 *   ] },
 * });
 * const deepgram = await createDeepgramServer({ apiKey: 'any-key', endpoints: [listen] });
 * process.env.DEEPGRAM_BASE_URL = deepgram.baseUrl;
 */
export function createListenEndpoint({
  hears = { script: [] },
  latencyMs = 0,
  maximumSessions = Number.POSITIVE_INFINITY,
  forceEndTurn = true,
  idleTimeoutMs = 60_000,
  onSent = () => {},
}: ListenEndpointOptions = {}): ListenEndpoint {
  if (typeof hears === 'object') stepsOf(hears);
  const connections: ListenConnection[] = [];
  const faults: ListenFault[] = [];
  const waiting = new Set<() => void>();
  const onActivity = (): void => {
    for (const look of waiting) look();
    waiting.clear();
  };
  return {
    path: '/v2/listen',
    connections,
    inject: (...next) => faults.push(...next),
    async until(condition) {
      while (!condition()) await new Promise<void>((resolve) => waiting.add(resolve));
    },
    connect(query) {
      const fault = faults.shift();
      if (fault === 'forbidden') return FORBIDDEN;
      if (connections.filter(({ isClosed }) => !isClosed).length >= maximumSessions) return TOO_MANY_REQUESTS;
      const parameters = readParameters(query);
      if ('status' in parameters) return parameters;
      const hearing = typeof hears === 'function' ? hears(connections.length) : hears;
      if ('recogniser' in hearing && parameters.bytesPerMs !== MULAW_BYTES_PER_MS) return MULAW_ONLY;
      const hangs = fault === 'hang';
      const requestId = randomUUID();
      const options = { requestId, parameters, hearing, latency: latencyMs, forceEndTurn, idleTimeoutMs, hangs };
      return (socket) => {
        const number = connections.length;
        const sent: OnSent = (text, atMs) => onSent(number, text, atMs);
        connections.push(new ListenConnection(socket, { ...options, onActivity, onSent: sent }));
        onActivity();
      };
    },
  };
}

const MULAW_BYTES_PER_MS = 8;
const MULAW_ONLY: Refusal = invalidParameter("encoding: the emulator's recogniser hears mulaw at 8000 Hz only");
