import { failureOf } from '../../../machines/call/failure.ts';
import type { VoiceSink, VoiceStream } from '../../../machines/call/ports.ts';
import type { ServiceError } from '../../errors.ts';
import type { AudioDecoder } from './audio-decoder.ts';
import type { AuraConnection, ConnectionUser } from './connection.ts';
import { type ConnectionPool, VOICE_CLOSED } from './connection-pool.ts';
import { auraFailure } from './failures.ts';
import { FLUSHES_IN_RESERVE } from './limits.ts';
import { type Piece, piecesOf, takeJoined } from './pieces.ts';

export interface AuraVoiceStreamOptions {
  readonly pool: ConnectionPool;
  readonly decoder: AudioDecoder;
  /** How long nothing may come of what was flushed (ms). */
  readonly stallMs: number;
  readonly sink: VoiceSink;
  readonly signal: AbortSignal;
}

/** What was flushed and is being spoken. */
interface Speaking {
  readonly piece: Piece;
  readonly stall: NodeJS.Timeout;
  /** Whether some of it has sounded, so that it cannot be said again. */
  sounded: boolean;
}

/** Between a refused handshake and the next (ms): an overload may pass, and the caller still waits no longer than usual. */
const TRY_AGAIN_MS = 200;

/**
 * One turn. One piece is flushed at a time: whatever sounds until its `Flushed` is that piece, and nothing else can be. The
 * next is spoken many times faster than the one before is heard.
 */
export class AuraVoiceStream implements VoiceStream {
  readonly #options: AuraVoiceStreamOptions;
  readonly #waiting: Piece[] = [];
  #speaking: Speaking | undefined;
  /** Whether more sentences may come, none will, or all is over. */
  #phase: 'open' | 'ended' | 'over' = 'open';
  #connection: AuraConnection | undefined;
  /** How far the connection has come: its loss means something else each time. */
  #standing: 'opening' | 'fresh' | 'served' = 'opening';
  /** Whether a handshake of this turn was refused: a second one is not asked again. */
  #refused = false;
  /** Until the vendor's limits leave room, or a handshake is tried again. */
  #pause: NodeJS.Timeout | undefined;

  readonly #user: ConnectionUser = {
    opened: () => this.#opened(),
    audio: (bytes) => this.#audio(bytes),
    flushed: () => this.#flushed(),
    cleared: () => undefined,
    lost: (error) => this.#lost(error),
  };

  constructor(options: AuraVoiceStreamOptions) {
    this.#options = options;
    if (options.signal.aborted) {
      this.#phase = 'over';
      return;
    }
    options.signal.addEventListener('abort', this.#abort);
    // Whoever begins to speak asks a model in the same step, and the caller waits for that request first.
    setImmediate(() => {
      if (!this.#isOver() && !this.#connection) this.#lease();
    });
  }

  say(index: number, text: string): void {
    if (this.#phase !== 'open') return;
    this.#waiting.push(...piecesOf(index, text));
    queueMicrotask(() => this.#advance());
  }

  end(): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'ended';
    queueMicrotask(() => this.#advance());
  }

  #opened(): void {
    this.#standing = 'fresh';
    this.#advance();
  }

  /** Speaks what waits, as soon as the connection and the vendor's limits let it; tells what needs no sound at once. */
  #advance(): void {
    if (this.#isOver() || this.#speaking) return;
    while (this.#waiting[0]?.text === '') this.#tellEnds(this.#waiting.shift());
    const next = this.#waiting[0];
    if (next) this.#speak(next);
    else if (this.#phase === 'ended') this.#finish();
  }

  /** To be asked again after each call of the sink, which may abort the turn from within. */
  #isOver(): boolean {
    return this.#phase === 'over';
  }

  #speak(next: Piece): void {
    const connection = this.#connection ?? this.#lease();
    if (!connection?.isOpen) return;
    const waitMs = connection.msUntilRoom(next.text.length);
    clearTimeout(this.#pause);
    if (waitMs > 0) {
      this.#pause = setTimeout(() => this.#advance(), waitMs);
      return;
    }
    const together = connection.flushesLeft <= FLUSHES_IN_RESERVE;
    const piece = together ? takeJoined(this.#waiting, connection.charactersLeft) : this.#waiting.shift();
    if (!piece) return;
    const stall = setTimeout(() => this.#stalled(), this.#options.stallMs);
    this.#speaking = { piece, stall, sounded: false };
    connection.speak(piece.text);
  }

  #audio(bytes: Uint8Array): void {
    if (!this.#speaking) return;
    this.#speaking.stall.refresh();
    this.#speaking.sounded = true;
    this.#deliver(this.#speaking.piece, this.#options.decoder.decode(bytes));
  }

  #flushed(): void {
    const speaking = this.#speaking;
    if (!speaking) return;
    clearTimeout(speaking.stall);
    this.#standing = 'served';
    this.#deliver(speaking.piece, this.#options.decoder.flush());
    this.#speaking = undefined;
    this.#tellEnds(speaking.piece);
    this.#advance();
  }

  #deliver({ index }: Piece, mulaw: Uint8Array): void {
    if (mulaw.length > 0 && !this.#isOver()) this.#options.sink.audio(index, mulaw);
  }

  #tellEnds(piece: Piece | undefined): void {
    for (const index of piece?.ends ?? []) {
      if (!this.#isOver()) this.#options.sink.sentenceEnd(index);
    }
  }

  #lease(): AuraConnection | undefined {
    const connection = this.#options.pool.lease(this.#user);
    this.#connection = connection;
    this.#standing = connection?.isOpen ? 'served' : 'opening';
    if (!connection) queueMicrotask(() => this.#fail(VOICE_CLOSED));
    return connection;
  }

  #lost(error: ServiceError): void {
    const speaking = this.#speaking;
    this.#connection = undefined;
    if (speaking?.sounded || !error.retryable) this.#fail(error);
    else if (this.#standing === 'served') this.#sayAgain(speaking);
    else if (this.#standing === 'opening' && !this.#refused && error.code !== 'timeout') this.#openAgain();
    else this.#fail(error);
  }

  /** A connection that had served may have grown old unnoticed: what nobody has heard of is said again, over another. */
  #sayAgain(speaking: Speaking | undefined): void {
    clearTimeout(speaking?.stall);
    this.#speaking = undefined;
    if (speaking) this.#waiting.unshift(speaking.piece);
    this.#advance();
  }

  /** One refusal may be a hiccup of the vendor. Who did not answer at all has had the caller's patience. */
  #openAgain(): void {
    this.#refused = true;
    this.#pause = setTimeout(() => {
      if (!this.#connection) this.#lease();
    }, TRY_AGAIN_MS);
  }

  #stalled(): void {
    this.#fail(auraFailure('timeout', `no audio came for ${this.#options.stallMs} ms`));
  }

  #finish(): void {
    const connection = this.#over();
    if (connection) this.#options.pool.release(connection);
    this.#options.sink.finished();
  }

  #fail(error: ServiceError): void {
    if (this.#isOver()) return;
    const connection = this.#over();
    if (connection) this.#options.pool.drop(connection);
    this.#options.sink.failed(failureOf(error));
  }

  readonly #abort = (): void => {
    const speaks = this.#speaking !== undefined;
    const connection = this.#over();
    if (!connection) return;
    // The caller hears the carrier's `clear`, which is ordered in the same step: it goes out before the vendor's.
    if (speaks) queueMicrotask(() => this.#options.pool.recycle(connection));
    else this.#options.pool.release(connection);
  };

  /** Leaves nothing behind. @returns the connection, to be given back */
  #over(): AuraConnection | undefined {
    const connection = this.#connection;
    this.#phase = 'over';
    this.#connection = undefined;
    clearTimeout(this.#speaking?.stall);
    clearTimeout(this.#pause);
    this.#speaking = undefined;
    this.#waiting.length = 0;
    this.#options.signal.removeEventListener('abort', this.#abort);
    return connection;
  }
}
