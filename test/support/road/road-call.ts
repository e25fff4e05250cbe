import type { PhoneCall } from '../../../emulators/twilio/phone-call.ts';
import type { CallerEvent } from '../../../machines/call/events.ts';

/** Something that crossed a wire of one call. */
export type Crossing =
  /** Flux told the server. */
  | { readonly type: 'StartOfTurn' | 'Update' | 'EndOfTurn'; readonly text: string }
  /** OpenAI got a request; what it was told of the agent's turn before, if there was one. */
  | { readonly type: 'request'; readonly turn: number; readonly before: string | undefined }
  /** OpenAI is about to send the piece that makes the first sentence a complete one. */
  | { readonly type: 'sentence'; readonly turn: number }
  /** The connection of a request broke before its answer was complete. */
  | { readonly type: 'aborted'; readonly turn: number }
  /** Aura was told to speak, to be silent; Aura sent sound. */
  | { readonly type: 'speak'; readonly turn: number; readonly text: string }
  | { readonly type: 'silence'; readonly turn: number }
  | { readonly type: 'audio'; readonly turn: number; readonly text: string; readonly mulaw: Uint8Array }
  /** The server told the phone. */
  | { readonly type: 'media'; readonly mulaw: Uint8Array }
  | { readonly type: 'mark'; readonly name: string }
  | { readonly type: 'clear' }
  /** No wire: the call knows that a speech of the agent was heard to its end. */
  | { readonly type: 'heard' };

export type CrossingOf<T extends Crossing['type']> = Extract<Crossing, { readonly type: T }>;
/** `atMs` is `performance.now()` where the emulator sent it, or had received it. */
export type Timed<C> = C & { readonly atMs: number };

/** One call over the main road: everything that crossed a wire, in the order of time, and what Flux is to hear. */
export class RoadCall {
  readonly caller: number;
  readonly crossings: Timed<Crossing>[] = [];
  readonly #waiting = new Set<(crossing: Timed<Crossing>) => void>();
  #hear: ((event: CallerEvent) => void) | undefined;
  #phone: PhoneCall | undefined;

  constructor(caller: number) {
    this.caller = caller;
  }

  get phone(): PhoneCall {
    if (!this.#phone) throw new Error(`call ${this.caller} was not dialled yet`);
    return this.#phone;
  }

  set phone(phone: PhoneCall) {
    this.#phone = phone;
  }

  /** Takes the recogniser's end of a session of this call. */
  listenWith(hear: (event: CallerEvent) => void): void {
    this.#hear = hear;
  }

  /** Flux recognises these words of the caller, who speaks on. */
  recognise(text: string): void {
    this.#hear?.({ type: 'caller.interim', text });
  }

  /** Flux decides that the caller has finished. */
  endTurn(text: string): void {
    this.#hear?.({ type: 'caller.endOfTurn', text, confidence: 0.9, words: [] });
  }

  note(crossing: Crossing, atMs = performance.now()): void {
    const timed = { ...crossing, atMs };
    this.crossings.push(timed);
    for (const look of this.#waiting) look(timed);
  }

  of<T extends Crossing['type']>(type: T): readonly Timed<CrossingOf<T>>[] {
    return this.crossings.filter((crossing): crossing is Timed<CrossingOf<T>> => crossing.type === type);
  }

  /**
   * The first such crossing, past or to come.
   *
   * @param from where among the crossings to begin. Default 0: the whole call
   */
  waitFor<T extends Crossing['type']>(
    type: T,
    where: (crossing: CrossingOf<T>) => boolean = () => true,
    from = 0,
  ): Promise<Timed<CrossingOf<T>>> {
    const matches = (crossing: Timed<Crossing>): boolean =>
      crossing.type === type && where(crossing as unknown as CrossingOf<T>);
    for (let at = from; at < this.crossings.length; at += 1) {
      const past = this.crossings[at];
      if (past && matches(past)) return Promise.resolve(past as unknown as Timed<CrossingOf<T>>);
    }
    return new Promise((resolve) => {
      const look = (crossing: Timed<Crossing>): void => {
        if (!matches(crossing)) return;
        this.#waiting.delete(look);
        resolve(crossing as unknown as Timed<CrossingOf<T>>);
      };
      this.#waiting.add(look);
    });
  }

  /** Resolves when the phone has got so much sound since now (µ-law bytes). */
  async soundOf(bytes: number): Promise<void> {
    let left = bytes;
    const isEnough = ({ mulaw }: CrossingOf<'media'>): boolean => {
      left -= mulaw.length;
      return left <= 0;
    };
    await this.waitFor('media', isEnough, this.crossings.length);
  }
}
