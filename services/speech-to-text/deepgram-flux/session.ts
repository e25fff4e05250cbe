import type { DeepgramClient } from '@deepgram/sdk';
import type { SpeechToTextOptions, SpeechToTextSession } from '../../../machines/call/ports.ts';
import type { ServiceError } from '../../errors.ts';
import { closeError, fatalError, fluxError, quote, socketError } from './failure.ts';
import { readMessage } from './messages.ts';
import { type FluxSettings, type Listening, listeningFor } from './options.ts';
import { PieceCutter } from './pieces.ts';
import { Reconfiguration } from './reconfiguration.ts';
import { TurnReader } from './turn-reader.ts';
import { UnansweredAudio } from './unanswered-audio.ts';

/** How much of a type's name is quoted (characters). */
const LONGEST_TYPE = 40;

/** The SDK's socket. It can ping in Node, which its types do not say. */
export type FluxSocket = Awaited<ReturnType<DeepgramClient['listen']['v2']['connect']>> & { ping(): void };

export interface FluxSessionOptions {
  readonly socket: FluxSocket;
  readonly settings: FluxSettings;
  /** What the socket's parameters say. */
  readonly listening: Listening;
  readonly call: SpeechToTextOptions;
  onWarning(message: string): void;
}

/**
 * One session with Flux: a socket of the SDK, supervised by us, because the SDK's own supervision reconnects behind our
 * back, loses the state of the turn, sends no keep-alive and may wait for ever to open.
 *
 * `closing` is after an abort: `CloseStream` is out, and nothing is reported any more.
 */
export class FluxSession implements SpeechToTextSession {
  readonly #options: FluxSessionOptions;
  readonly #turns: TurnReader;
  readonly #unanswered: UnansweredAudio;
  readonly #reconfiguration: Reconfiguration;
  readonly #pieces = new PieceCutter((piece) => this.#send(piece));
  readonly #ignored = new Set<string>();
  #phase: 'opening' | 'open' | 'closing' | 'over' = 'opening';
  /** The phase's own: until Flux is connected, between two pings, until Flux has closed. */
  #timer: NodeJS.Timeout | undefined;
  readonly #whenOpen: () => void;
  readonly #whenFailed: (error: ServiceError) => void;

  private constructor(options: FluxSessionOptions, whenOpen: () => void, whenFailed: (error: ServiceError) => void) {
    const { settings, socket, listening, call, onWarning } = options;
    const { openTimeoutMs, unansweredMs, answerTimeoutMs } = settings;
    this.#options = options;
    this.#whenOpen = whenOpen;
    this.#whenFailed = whenFailed;
    this.#turns = new TurnReader((event) => {
      if (!call.signal.aborted) call.on(event);
    });
    this.#unanswered = new UnansweredAudio(unansweredMs, () =>
      this.#fail(fluxError(`audio flows, and no answer in ${unansweredMs} ms`, 'timeout')),
    );
    this.#reconfiguration = new Reconfiguration({
      inForce: listening,
      answerTimeoutMs,
      send: (configure) => {
        if (this.#isWritable) socket.sendConfigure(configure);
      },
      onRefused: onWarning,
    });
    this.#timer = setTimeout(
      () => this.#fail(fluxError(`not connected in ${openTimeoutMs} ms`, 'timeout')),
      openTimeoutMs,
    );
    call.signal.addEventListener('abort', this.#leave, { once: true });
    socket.on('message', (message) => this.#read(message));
    socket.on('error', ({ message }) => this.#fail(socketError(message)));
    // The SDK tells of a close first and of the error that caused it right after, both in one go.
    socket.on('close', ({ code }) => queueMicrotask(() => this.#closed(code)));
    socket.connect();
  }

  /**
   * Opens the socket. Resolves once Flux says that it is connected: an accepted handshake alone proves nothing.
   *
   * @throws ServiceError
   */
  static open(options: FluxSessionOptions): Promise<FluxSession> {
    return new Promise((resolve, reject) => {
      const session: FluxSession = new FluxSession(options, () => resolve(session), reject);
    });
  }

  write(audio: Uint8Array): void {
    if (this.#phase === 'open') this.#pieces.push(audio);
  }

  expect(topic: string): void {
    if (this.#phase === 'open') this.#reconfiguration.want(listeningFor(this.#options.settings, topic));
  }

  get #isWritable(): boolean {
    const { socket } = this.#options.socket;
    return this.#phase === 'open' && socket.readyState === socket.OPEN;
  }

  #send(piece: Uint8Array): void {
    if (!this.#isWritable) return;
    this.#options.socket.sendMedia(piece);
    this.#unanswered.sent();
  }

  #read(raw: unknown): void {
    if (this.#phase === 'closing' || this.#phase === 'over') return;
    this.#unanswered.reset();
    const { onWarning, settings } = this.#options;
    const message = readMessage(raw);
    switch (message.type) {
      case 'Connected':
        this.#connected();
        break;
      case 'TurnInfo':
        this.#turns.read(message);
        break;
      case 'ConfigureSuccess':
        this.#reconfiguration.succeeded();
        break;
      case 'ConfigureFailure':
        this.#reconfiguration.failed(`Configure was refused: ${quote(message, settings.apiKey)}`);
        break;
      case 'Warning':
        onWarning(quote(message, settings.apiKey));
        break;
      case 'Error':
        this.#fail(fatalError(message, settings.apiKey));
        break;
      case 'unknown':
        this.#ignore(message.name);
        break;
      case 'broken':
        this.#fail(fluxError(`a message cannot be read: ${message.why}`, 'protocol'));
        break;
    }
  }

  /** A newer server says more than we know: worth a word, once for each of its words. */
  #ignore(type: string): void {
    if (this.#ignored.has(type)) return;
    this.#ignored.add(type);
    this.#options.onWarning(`messages of type ${JSON.stringify(type.slice(0, LONGEST_TYPE))} are unknown and ignored`);
  }

  #connected(): void {
    if (this.#phase !== 'opening') return;
    this.#phase = 'open';
    clearTimeout(this.#timer);
    this.#timer = setInterval(() => {
      if (this.#isWritable) this.#options.socket.ping();
    }, this.#options.settings.pingEveryMs);
    this.#whenOpen();
  }

  #closed(code: number): void {
    if (this.#phase === 'closing') this.#end();
    else this.#fail(closeError(code));
  }

  /** The session ended by itself: whoever waits is told, once. */
  #fail(error: ServiceError): void {
    const phase = this.#phase;
    this.#end();
    if (phase === 'opening') this.#whenFailed(error);
    if (phase !== 'open') return;
    const { code, message, retryable } = error;
    this.#options.call.onLost({ code, message, retryable });
  }

  /** The call does not listen any more: from here on silence, and a polite end for the server. */
  readonly #leave = (): void => {
    const { socket, settings } = this.#options;
    const isWritable = this.#isWritable;
    if (this.#phase === 'opening') this.#whenFailed(fluxError('the session was aborted while it opened', 'cancelled'));
    this.#stop();
    if (isWritable) {
      this.#phase = 'closing';
      socket.sendCloseStream({ type: 'CloseStream' });
      this.#timer = setTimeout(() => this.#end(), settings.answerTimeoutMs);
    } else {
      this.#end();
    }
  };

  /** Lets go of everything. The SDK answers its `close` with an event of its own, which finds the session over. */
  #end(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#stop();
    this.#options.socket.close();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#unanswered.reset();
    this.#reconfiguration.stop();
    this.#options.call.signal.removeEventListener('abort', this.#leave);
  }
}
