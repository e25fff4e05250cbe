import type { AuraConnection, ConnectionUser } from './connection.ts';
import { auraFailure } from './failures.ts';
import { FLUSHES_FOR_A_TURN, MAXIMUM_AGE_MS } from './limits.ts';

export interface ConnectionPoolOptions {
  connect(user: ConnectionUser): AuraConnection;
  /** A connection that nobody has used for so long is closed (ms). */
  readonly idleMs: number;
  /** How long `Cleared` may take before the connection is dropped instead (ms). */
  readonly clearMs: number;
}

/**
 * Connections that are opened ahead and used by one turn at a time, of whatever call: a turn pays for no handshake, and a
 * quiet server keeps none open.
 */
export class ConnectionPool {
  readonly #options: ConnectionPoolOptions;
  readonly #all = new Set<AuraConnection>();
  /** Connections that wait for their next turn, and the timers that end their waiting. */
  readonly #idle = new Map<AuraConnection, NodeJS.Timeout>();
  #closing: Promise<void> | undefined;

  constructor(options: ConnectionPoolOptions) {
    this.#options = options;
  }

  /** Connections that are open, opening or being left. */
  get size(): number {
    return this.#all.size;
  }

  /** Sees to it that a connection is ready soon. Should it fail, the turn that needs one tries anew and learns why. */
  warm(): void {
    if (this.#closing || this.#idle.size > 0) return;
    this.release(this.#connect(MUTE));
  }

  /**
   * @returns a connection for one turn, perhaps still opening; to be given back with `release`, `recycle` or `drop`.
   * Nothing once the pool is closed.
   */
  lease(user: ConnectionUser): AuraConnection | undefined {
    if (this.#closing) return undefined;
    for (const connection of [...this.#idle.keys()].toSorted(openFirst)) {
      clearTimeout(this.#idle.get(connection));
      this.#idle.delete(connection);
      if (isFresh(connection)) {
        connection.handTo(user);
        return connection;
      }
      this.drop(connection);
    }
    return this.#connect(user);
  }

  /** Takes back a connection that has nothing left to say; one that is worn is replaced. */
  release(connection: AuraConnection): void {
    if (this.#closing || !isFresh(connection)) {
      this.drop(connection);
      this.warm();
      return;
    }
    const drop = (): void => {
      clearTimeout(timer);
      this.#idle.delete(connection);
      this.drop(connection);
    };
    const timer = setTimeout(drop, this.#options.idleMs);
    timer.unref();
    connection.handTo({ ...MUTE, audio: drop, lost: drop });
    this.#idle.set(connection, timer);
  }

  /** Takes back a connection that was cut: it is of use again once the vendor says that nothing late will come. */
  recycle(connection: AuraConnection): void {
    const timer = setTimeout(() => this.drop(connection), this.#options.clearMs);
    timer.unref();
    connection.handTo({
      ...MUTE,
      cleared: () => {
        clearTimeout(timer);
        this.release(connection);
      },
      lost: () => clearTimeout(timer),
    });
    connection.clear();
  }

  /** Takes back a connection that is of no use any more. */
  drop(connection: AuraConnection): void {
    connection.close();
  }

  /** Leaves all connections; turns that still use one fail with `cancelled`. @returns when no socket is left */
  close(): Promise<void> {
    this.#closing ??= Promise.resolve().then(async () => {
      for (const timer of this.#idle.values()) clearTimeout(timer);
      this.#idle.clear();
      for (const connection of this.#all) connection.fail(VOICE_CLOSED);
      await Promise.all([...this.#all].map(({ closed }) => closed));
    });
    return this.#closing;
  }

  #connect(user: ConnectionUser): AuraConnection {
    const connection = this.#options.connect(user);
    this.#all.add(connection);
    void connection.closed.then(() => this.#all.delete(connection));
    return connection;
  }
}

/** What a turn fails with when the server leaves. */
export const VOICE_CLOSED = auraFailure('cancelled', 'the voice was closed');

/** Whether the vendor's limits leave room for another turn. */
const isFresh = ({ ageMs, flushesLeft }: AuraConnection): boolean =>
  ageMs < MAXIMUM_AGE_MS && flushesLeft > FLUSHES_FOR_A_TURN;

const openFirst = (one: AuraConnection, other: AuraConnection): number => Number(other.isOpen) - Number(one.isOpen);

const MUTE: ConnectionUser = { opened() {}, audio() {}, flushed() {}, cleared() {}, lost() {} };
