import { EventEmitter } from 'node:events';
import type { PhoneEvent, PhoneEventOf, PhoneEventType } from './call-events.ts';
import type { Clock } from './clock.ts';

/** One thing that happened. `atMs` is relative to the first stream's start (before it: negative). */
export interface TimelineEntry {
  readonly atMs: number;
  readonly event: PhoneEvent;
}

/** No event's name. */
const EVERY = Symbol('every event');

/** What has happened so far, in order of observation, and the means to wait for what comes. */
export class Timeline {
  readonly #clock: Clock;
  readonly #placedAt: number;
  readonly #emitter = new EventEmitter();
  readonly #entries: { readonly at: number; readonly event: PhoneEvent }[] = [];
  #zero: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#placedAt = clock.now();
    this.#emitter.setMaxListeners(0);
  }

  /** @param at clock time (ms) when it really happened, if that was earlier than now */
  record(event: PhoneEvent, at = this.#clock.now()): void {
    if (event.type === 'streamStarted') this.#zero ??= at;
    this.#entries.push({ at, event });
    this.#emitter.emit(event.type, event);
    this.#emitter.emit(EVERY, { atMs: at - (this.#zero ?? this.#placedAt), event });
  }

  warn(code: number, message: string): void {
    this.record({ type: 'warning', code, message });
  }

  /** A copy. Until a stream has started, times are relative to the placing of the call. */
  get entries(): readonly TimelineEntry[] {
    const zero = this.#zero ?? this.#placedAt;
    return this.#entries.map(({ at, event }) => ({ atMs: at - zero, event }));
  }

  /** All events of one kind so far. */
  of<T extends PhoneEventType>(type: T): readonly PhoneEventOf<T>[] {
    return this.#entries.map(({ event }) => event).filter((event): event is PhoneEventOf<T> => event.type === type);
  }

  /** @returns unsubscribes */
  on<T extends PhoneEventType>(type: T, listener: (event: PhoneEventOf<T>) => void): () => void {
    this.#emitter.on(type, listener);
    return () => this.#emitter.off(type, listener);
  }

  /** Each entry as it is made. @returns unsubscribes */
  onEvery(listener: (entry: TimelineEntry) => void): () => void {
    this.#emitter.on(EVERY, listener);
    return () => this.#emitter.off(EVERY, listener);
  }

  /** The next matching event, from now on. @throws when the call ends first: a test never hangs on a dead line */
  next<T extends PhoneEventType>(
    type: T,
    where: (event: PhoneEventOf<T>) => boolean = () => true,
  ): Promise<PhoneEventOf<T>> {
    return new Promise((resolve, reject) => {
      const [ended] = this.of('ended');
      if (ended) return reject(new Error(`waited for '${type}', but the call has ended (${ended.reason})`));
      const stop = (): void => {
        offMatch();
        offEnded();
      };
      const offMatch = this.on(type, (event) => {
        if (!where(event)) return;
        stop();
        resolve(event);
      });
      const offEnded = this.on('ended', ({ reason }) => {
        stop();
        reject(new Error(`waited for '${type}', but the call ended (${reason})`));
      });
    });
  }

  /** The first matching event of the whole call, past or to come. @throws when the call ends without it */
  async waitFor<T extends PhoneEventType>(
    type: T,
    where: (event: PhoneEventOf<T>) => boolean = () => true,
  ): Promise<PhoneEventOf<T>> {
    return this.of(type).find(where) ?? this.next(type, where);
  }
}
