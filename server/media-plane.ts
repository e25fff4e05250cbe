import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { StreamStart } from '../services/telephony/twilio/messages.ts';
import { type StreamListener, TwilioStream } from '../services/telephony/twilio/stream.ts';
import type { CallRegistry } from './call-registry.ts';
import type { CallSession } from './call-session.ts';
import type { Logger } from './logging.ts';
import type { Metrics } from './metrics.ts';
import { baseUrlOf, socketUrl } from './public-url.ts';
import type { Settings } from './settings.ts';
import type { StreamTokens } from './stream-token.ts';
import { isSigned } from './twilio-signature.ts';

export interface MediaPlaneOptions {
  readonly settings: Settings;
  readonly calls: CallRegistry;
  readonly tokens: StreamTokens;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** How long a socket may stay open without `start` (ms). Default 5,000. */
  readonly startTimeoutMs?: number;
  /** After so much time (ms) without one message the line is dead: Twilio sends fifty a second. Default 10,000. */
  readonly deadLineMs?: number;
  /** Makes the session of a call whose stream was accepted, not started yet. */
  openCall(call: { readonly callSid: string; readonly stream: TwilioStream; readonly baseUrl: string }): CallSession;
}

/** A message of 20 ms is some 350 bytes; a burst of jitter in one message still fits. */
const MAXIMUM_MESSAGE_BYTES = 65_536;
const POLICY_VIOLATION = 1008;

/** The sockets that carry audio, at `/twilio/media`. */
export class MediaPlane {
  readonly #options: MediaPlaneOptions;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAXIMUM_MESSAGE_BYTES });
  /** Open streams, and how many messages each had at the last look. */
  readonly #streams = new Map<TwilioStream, number>();
  readonly #watch: NodeJS.Timeout;

  constructor(options: MediaPlaneOptions) {
    this.#options = options;
    this.#watch = setInterval(() => this.#endDeadLines(), options.deadLineMs ?? 10_000).unref();
  }

  /** Takes the upgrade requests of a server. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', (error) => this.#options.logger.debug('an upgrade broke off', { error }));
      const refusal = this.#refusal(request);
      if (refusal) this.#refuse(socket, refusal);
      else this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#connected(webSocket, request));
    });
  }

  /** Ends every stream at once. */
  close(): void {
    clearInterval(this.#watch);
    for (const stream of this.#streams.keys()) stream.terminate();
    this.#sockets.close();
  }

  #refusal(request: IncomingMessage): { status: string; why: string } | undefined {
    const { settings } = this.#options;
    if (request.url !== '/twilio/media') return { status: '404 Not Found', why: 'path' };
    const url = `${socketUrl(baseUrlOf(settings.PUBLIC_URL, request))}${request.url}`;
    if (settings.TWILIO_AUTH_TOKEN !== undefined && !isSigned(request, settings.TWILIO_AUTH_TOKEN, url))
      return { status: '403 Forbidden', why: 'signature' };
    // Sockets without a call yet are short-lived; more than a call each means that somebody only opens sockets.
    if (this.#streams.size >= 2 * settings.MAX_CALLS) return { status: '503 Service Unavailable', why: 'saturated' };
    return undefined;
  }

  #refuse(socket: Duplex, { status, why }: { status: string; why: string }): void {
    this.#options.metrics.refused(why);
    this.#options.logger.warn('a media socket was refused', { why });
    // A peer that never closes its half would keep the socket for ever: nothing else watches it.
    socket.once('finish', () => socket.destroy());
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }

  #connected(socket: WebSocket, request: IncomingMessage): void {
    const { logger, metrics, startTimeoutMs = 5000 } = this.#options;
    const silent = setTimeout(() => {
      logger.warn('a media socket said nothing', { waitedMs: startTimeoutMs });
      stream.close(POLICY_VIOLATION, 'no start message');
    }, startTimeoutMs);
    let log = logger;
    const stream = new TwilioStream(socket, {
      accept: (start) => {
        clearTimeout(silent);
        log = logger.child({ callSid: start.callSid });
        return this.#accept(start, stream, baseUrlOf(this.#options.settings.PUBLIC_URL, request), log);
      },
      onFault: (fault, count) => {
        metrics.streamFault(fault);
        if (count === 1) log.warn('a message on the stream was ignored; more of this kind are only counted', { fault });
      },
      onError: (error) => log.error('the stream failed', { error }),
    });
    this.#streams.set(stream, 0);
    socket.once('close', () => {
      clearTimeout(silent);
      this.#streams.delete(stream);
    });
  }

  #accept(start: StreamStart, stream: TwilioStream, baseUrl: string, log: Logger): StreamListener | undefined {
    const { calls, tokens, metrics, openCall } = this.#options;
    const { callSid, customParameters } = start;
    const problem = tokens.take(customParameters.token, callSid) ?? (calls.get(callSid) ? 'already-live' : undefined);
    if (problem) {
      metrics.refused(problem);
      log.warn('a stream was refused', { why: problem });
      return undefined;
    }
    const session = openCall({ callSid, stream, baseUrl });
    calls.begin(session);
    session.start();
    return session;
  }

  #endDeadLines(): void {
    for (const [stream, before] of this.#streams) {
      if (stream.messages > 0 && stream.messages === before) stream.terminate();
      this.#streams.set(stream, stream.messages);
    }
  }
}
