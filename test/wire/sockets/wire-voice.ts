import type { WebSocket } from 'ws';
import { decodeMulaw } from '../../../codecs/g711/mulaw.ts';
import type { Endpoint } from '../../../emulators/deepgram/server.ts';
import { createSpeakEndpoint } from '../../../emulators/deepgram/speak/endpoint.ts';
import { HALF_BYTES } from '../paper/paper-voice.ts';
import type { Changes } from './changes.ts';
import { SteppedClock } from './stepped-clock.ts';

/** Aura's emulator in the hands of a walk: the sound of a sentence comes in two halves, each when it is told to. */
export class WireVoice {
  readonly endpoint: Endpoint;
  /** Sentences that were begun in this call. */
  spoken = 0;
  /** Halves that are out, of the sentence under way. */
  #halves = 0;
  readonly #changes: Changes;
  readonly #clock: SteppedClock;
  readonly #sockets: WebSocket[] = [];
  #speaking = 0;

  constructor(changes: Changes) {
    const clock = new SteppedClock(() => changes.changed());
    this.#changes = changes;
    this.#clock = clock;
    const speak = createSpeakEndpoint({
      clock,
      // The first pause is before the first byte.
      pace: { firstByteMs: [1, 1], speed: 1, frameBytes: [HALF_BYTES, HALF_BYTES] },
      drainsOnClose: false,
      speech: () => {
        this.spoken += 1;
        this.#halves = 0;
        clock.tag = this.spoken;
        return new Int16Array(2 * HALF_BYTES).fill(decodeMulaw(Uint8Array.of(this.spoken))[0] ?? 0);
      },
      onMessage: (socket, { type }) => {
        if (type === 'Speak') this.#speaking = socket;
        changes.changed();
      },
    });
    this.endpoint = {
      ...speak,
      connect: (query) => {
        const taker = speak.connect(query);
        if (typeof taker !== 'function') return taker;
        return (socket) => {
          this.#sockets.push(socket);
          taker(socket);
        };
      },
    };
  }

  /** Whether the sentence of this number is under way, and waits. */
  waits(number: number): boolean {
    return this.spoken === number && this.#clock.sleeps(number);
  }

  async begin(): Promise<void> {
    if (this.#halves === 0) await this.#step();
  }

  async complete(): Promise<void> {
    await this.begin();
    await this.#step();
    await this.#step();
  }

  fail(): void {
    this.#sockets[this.#speaking]?.send(JSON.stringify({ type: 'Error', code: 'DATA-0000' }));
  }

  async #step(): Promise<void> {
    const number = this.spoken;
    await this.#changes.until(
      () => this.waits(number),
      () => `sentence ${number} of the voice`,
    );
    this.#halves += 1;
    this.#clock.wake(number);
  }
}
