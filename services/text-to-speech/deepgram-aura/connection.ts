import { performance } from 'node:perf_hooks';
import { DeepgramClient } from '@deepgram/sdk';
import type { ServiceError } from '../../errors.ts';
import { Allowance } from './allowance.ts';
import { type AuraEncoding, SAMPLE_RATES } from './audio-decoder.ts';
import { auraFailure, socketFailure, vendorFailure } from './failures.ts';
import { CHARACTERS_PER_WINDOW, FLUSHES_PER_WINDOW, LIMIT_WINDOW_MS } from './limits.ts';
import { readServerMessage, type ServerMessage } from './messages.ts';
import { SocketTransport } from './socket-transport.ts';

export interface ConnectionOptions {
  readonly apiKey: string;
  /** http(s) origin; the SDK's own when left out. */
  readonly baseUrl: string | undefined;
  /** Deepgram's name of the voice, for example `aura-2-thalia-en`. */
  readonly voice: string;
  /** 1 is the voice's own pace; 0.7 to 1.5. */
  readonly speed: number;
  readonly encoding: AuraEncoding;
  readonly openTimeoutMs: number;
  readonly pingMs: number;
  /** How long the vendor may take to end the session when we leave (ms). */
  readonly closeGraceMs: number;
}

/** Who uses a connection now. Everything is called synchronously, in the order of the wire. */
export interface ConnectionUser {
  opened(): void;
  audio(bytes: Uint8Array): void;
  flushed(): void;
  cleared(): void;
  /** Once; nothing follows. The connection is of no use any more. */
  lost(error: ServiceError): void;
}

type Sdk = Awaited<ReturnType<DeepgramClient['speak']['v1']['connect']>>;

type State =
  | { readonly name: 'connecting'; readonly transport?: SocketTransport; readonly sdk?: Sdk }
  | { readonly name: 'open'; readonly transport: SocketTransport; readonly sdk: Sdk }
  | { readonly name: 'gone' };

const NOBODY: ConnectionUser = { opened() {}, audio() {}, flushed() {}, cleared() {}, lost() {} };

/** One socket of `/v1/speak`. Begins to open when it is made; never opens again. */
export class AuraConnection {
  readonly #options: ConnectionOptions;
  readonly #flushes = new Allowance(FLUSHES_PER_WINDOW, LIMIT_WINDOW_MS);
  readonly #characters = new Allowance(CHARACTERS_PER_WINDOW, LIMIT_WINDOW_MS);
  readonly #bornMs = performance.now();
  #state: State = { name: 'connecting' };
  #user: ConnectionUser;
  #resolveClosed: () => void = () => undefined;
  /** Resolves when the socket below is closed. */
  readonly closed = new Promise<void>((resolve) => {
    this.#resolveClosed = resolve;
  });

  constructor(options: ConnectionOptions, user: ConnectionUser) {
    this.#options = options;
    this.#user = user;
    void this.#connect().catch(() => {
      this.#lose(auraFailure('protocol', 'the SDK could not open a connection'));
      this.#resolveClosed();
    });
  }

  get isOpen(): boolean {
    return this.#state.name === 'open';
  }

  get ageMs(): number {
    return performance.now() - this.#bornMs;
  }

  get flushesLeft(): number {
    return this.#flushes.left(performance.now());
  }

  get charactersLeft(): number {
    return this.#characters.left(performance.now());
  }

  /** How long until so many characters may be spoken with one flush (ms; 0: now). */
  msUntilRoom(characters: number): number {
    const nowMs = performance.now();
    return Math.max(this.#flushes.msUntil(1, nowMs), this.#characters.msUntil(characters, nowMs));
  }

  /** Hands the connection to another user; the one before hears nothing any more. */
  handTo(user: ConnectionUser): void {
    this.#user = user;
  }

  /** Speaks one text: `audio`s and one `flushed` follow. To be called when open, and only after the `flushed` before. */
  speak(text: string): void {
    if (this.#state.name !== 'open') return;
    const nowMs = performance.now();
    this.#flushes.take(1, nowMs);
    this.#characters.take(text.length, nowMs);
    this.#state.sdk.sendText({ type: 'Speak', text });
    this.#state.sdk.sendFlush({ type: 'Flush' });
  }

  /** Drops what is not spoken yet: late `audio`s and one `cleared` follow. */
  clear(): void {
    if (this.#state.name === 'open') this.#state.sdk.sendClear({ type: 'Clear' });
  }

  /** Takes leave of the vendor, so that the session does not count against its limit, and of the user at once. */
  close(): void {
    const state = this.#state;
    this.#state = { name: 'gone' };
    this.#user = NOBODY;
    if (state.name === 'open') {
      const grace = setTimeout(() => state.transport.terminate(), this.#options.closeGraceMs);
      void this.closed.then(() => clearTimeout(grace));
      state.sdk.sendClose({ type: 'Close' });
    } else if (state.name === 'connecting') {
      if (state.transport) state.transport.terminate();
      else this.#resolveClosed();
    }
  }

  async #connect(): Promise<void> {
    const { apiKey, baseUrl, voice, speed, encoding, openTimeoutMs } = this.#options;
    const client = new DeepgramClient({
      apiKey,
      ...(baseUrl !== undefined && { baseUrl }),
      reconnect: false,
      transportFactory: (url, headers) => this.#openTransport(url, headers),
    });
    const sdk = await client.speak.v1.connect({
      model: voice as NonNullable<Parameters<typeof client.speak.v1.connect>[0]['model']>,
      encoding,
      sample_rate: SAMPLE_RATES[encoding],
      ...(speed !== 1 && { speed }),
      reconnectAttempts: 0,
      shouldReconnect: () => false,
      connectionTimeoutInSeconds: (2 * openTimeoutMs) / 1000,
    });
    if (this.#state.name === 'gone') return;
    this.#state = { name: 'connecting', sdk };
    sdk.on('open', () => {
      if (this.#state.name !== 'connecting' || !this.#state.transport) return;
      this.#state = { name: 'open', transport: this.#state.transport, sdk };
      this.#user.opened();
    });
    sdk.on('message', (message) => this.#take(readServerMessage(message)));
    sdk.connect();
  }

  #openTransport(url: string, headers: Record<string, string>): SocketTransport {
    const { openTimeoutMs, pingMs, voice } = this.#options;
    const transport = new SocketTransport({
      url,
      headers,
      openTimeoutMs,
      pingMs,
      onBinary: (bytes) => this.#user.audio(bytes),
      onEnd: (end) => {
        this.#lose(socketFailure(end, voice));
        this.#resolveClosed();
      },
    });
    if (this.#state.name === 'connecting') this.#state = { ...this.#state, transport };
    else transport.terminate();
    return transport;
  }

  #take(message: ServerMessage | undefined): void {
    if (!message) this.fail(auraFailure('protocol', 'Deepgram sent a message that cannot be read'));
    else if (message.type === 'Flushed') this.#user.flushed();
    else if (message.type === 'Cleared') this.#user.cleared();
    else if (message.type === 'Error') this.fail(vendorFailure(message.code));
    else if (message.type === 'Warning' && /flush/i.test(message.description))
      this.fail(auraFailure('rate-limit', 'Deepgram ignored a flush'));
  }

  /** Gives up a connection that still stands. */
  fail(error: ServiceError): void {
    const user = this.#user;
    this.close();
    user.lost(error);
  }

  /** Learns that the connection has ended. */
  #lose(error: ServiceError): void {
    const user = this.#user;
    this.#state = { name: 'gone' };
    this.#user = NOBODY;
    user.lost(error);
  }
}
