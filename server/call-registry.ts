import type { AfterCall } from '../machines/call/output.ts';
import type { CallOutcome, CallSession } from './call-session.ts';

export interface CallRegistryOptions {
  /** Calls at the same time at most, those included that are being connected. */
  readonly maximum: number;
  /** Monotonic clock (ms). */
  readonly now: () => number;
}

/** A webhook holds a place for its stream this long (ms): as long as the stream's token is valid. */
const RESERVATION_MS = 60_000;

/** Twilio opens the stream of an announced call within this time, or never (ms). */
const CONNECTING_MS = 5000;

/** How long the server remembers what should become of a caller (ms). Twilio asks within a second. */
const OUTCOME_MS = 120_000;

/** The live calls of one server, the places that are promised, and what is to become of callers whose call just ended. */
export class CallRegistry {
  readonly #maximum: number;
  readonly #now: () => number;
  readonly #live = new Map<string, CallSession>();
  /** Calls with a place and no stream yet, oldest first, and when the promise ends. */
  readonly #reserved = new Map<string, number>();
  readonly #outcomes = new Map<string, CallOutcome & { readonly until: number }>();
  /** Told whenever a call ended or a caller was answered. */
  readonly #watchers = new Set<() => void>();
  #phase: 'open' | 'draining' = 'open';

  constructor({ maximum, now }: CallRegistryOptions) {
    this.#maximum = maximum;
    this.#now = now;
  }

  get live(): number {
    return this.#live.size;
  }

  /** Whether another call would be taken, and if not, why. */
  get admission(): 'open' | 'saturated' | 'draining' {
    if (this.#phase === 'draining') return 'draining';
    forget(this.#reserved, (until) => until <= this.#now());
    return this.#live.size + this.#reserved.size < this.#maximum ? 'open' : 'saturated';
  }

  /** Takes a place for a call that Twilio announces. The same call announced twice holds one place, also once it is live. */
  admit(callSid: string): 'open' | 'saturated' | 'draining' {
    if (this.#live.has(callSid) && this.#phase === 'open') return 'open';
    const admission = this.#reserved.delete(callSid) && this.#phase === 'open' ? 'open' : this.admission;
    if (admission === 'open') this.#reserved.set(callSid, this.#now() + RESERVATION_MS);
    return admission;
  }

  get(callSid: string): CallSession | undefined {
    return this.#live.get(callSid);
  }

  list(): readonly CallSession[] {
    return [...this.#live.values()];
  }

  /** A stream has started: its call is live until {@link end}. */
  begin(session: CallSession): void {
    this.#live.set(session.callSid, session);
    this.giveUp(session.callSid);
  }

  /** The call needs its place no more: its stream has come, or never will. */
  giveUp(callSid: string): void {
    if (this.#reserved.delete(callSid)) this.#changed();
  }

  /** The call is over; what becomes of its caller is kept until Twilio asks. */
  end(session: CallSession, outcome: CallOutcome): void {
    const { callSid } = session;
    if (this.#live.get(callSid) !== session) return;
    this.#live.delete(callSid);
    const now = this.#now();
    forget(this.#outcomes, ({ until }) => until <= now);
    this.#outcomes.delete(callSid);
    this.#outcomes.set(callSid, { ...outcome, until: now + OUTCOME_MS });
    this.#changed();
  }

  /**
   * What is to become of the caller. A call that has not decided yet (its socket dropped this moment) is waited for.
   *
   * @param waitMs how long at most
   * @returns undefined for a call that is unknown, crashed, or does not end
   */
  async outcomeOf(callSid: string, waitMs: number): Promise<AfterCall | undefined> {
    const live = this.#live.get(callSid);
    if (live) await within(waitMs, live.ended);
    const outcome = this.#outcomes.get(callSid);
    if (!outcome) return undefined;
    this.#outcomes.set(callSid, { ...outcome, callerWaits: false });
    this.#changed();
    return outcome.next;
  }

  /**
   * Takes no more calls. Those that were announced may still begin: their callers have been promised an agent.
   *
   * @returns whether all ended within `waitMs`
   */
  async drain(waitMs: number): Promise<boolean> {
    this.#phase = 'draining';
    const now = this.#now();
    const end = now + waitMs;
    forget(this.#reserved, (until) => until - RESERVATION_MS + CONNECTING_MS <= now);
    const begun = this.#until(() => this.#reserved.size === 0);
    await within(Math.min(waitMs, CONNECTING_MS), begun);
    this.#reserved.clear();
    const over = this.#until(() => this.#live.size === 0);
    await within(end - this.#now(), over);
    return this.#live.size === 0;
  }

  /** Gives Twilio `waitMs` to ask what becomes of the callers whose calls just ended. */
  async allAnswered(waitMs: number): Promise<void> {
    await within(
      waitMs,
      this.#until(() => [...this.#outcomes.values()].every(({ callerWaits }) => !callerWaits)),
    );
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  #changed(): void {
    for (const look of this.#watchers) look();
  }
}

/** Drops the entries from the oldest on while they are over. Entries of one map all live equally long. */
function forget<Value>(entries: Map<string, Value>, over: (value: Value) => boolean): void {
  for (const [key, value] of entries) {
    if (!over(value)) return;
    entries.delete(key);
  }
}

/** Resolves when `promise` does, or after `ms`. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, deadline]);
  clearTimeout(timer);
}
