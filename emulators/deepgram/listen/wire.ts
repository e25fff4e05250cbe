import type { WebSocket } from 'ws';
import { type Latency, Outbox } from './outbox.ts';

/** Sees each message that has left. @param atMs when it was sent (`performance.now()`) */
export type OnSent = (text: string, atMs: number) => void;

/** The server's half of the socket: numbers its messages, delays them, and ends. After an end nothing is said. */
export class Wire {
  readonly #socket: WebSocket;
  readonly #requestId: string;
  readonly #outbox: Outbox;
  readonly #onSent: OnSent;
  #phase: 'talking' | 'mute' | 'over' = 'talking';
  /** One counter for all messages, whatever their type. */
  #sequence = 0;
  #last = '';

  constructor(socket: WebSocket, requestId: string, latency: Latency, onSent: OnSent) {
    this.#socket = socket;
    this.#onSent = onSent;
    this.#requestId = requestId;
    this.#outbox = new Outbox(latency);
    socket.on('close', () => {
      this.#phase = 'over';
      this.#outbox.clear();
    });
  }

  get isOver(): boolean {
    return this.#phase === 'over';
  }

  /** Neither over nor silenced: it does what it is told. */
  get isTalking(): boolean {
    return this.#phase === 'talking';
  }

  send(message: object): void {
    this.#last = JSON.stringify({ ...message, request_id: this.#requestId, sequence_id: this.#sequence });
    this.#sequence += 1;
    this.write(this.#last);
  }

  /** The fatal message; it names no request. */
  sendError(code: string, description: string): void {
    this.write(JSON.stringify({ type: 'Error', sequence_id: this.#sequence, code, description }));
    this.#sequence += 1;
  }

  /** The last message again, with its number. */
  repeat(): void {
    this.write(this.#last);
  }

  /** Any text, unnumbered. */
  write(text: string): void {
    if (this.#phase === 'talking')
      this.#outbox.push(() => {
        const atMs = performance.now();
        this.#socket.send(text);
        this.#onSent(text, atMs);
      });
  }

  /** Stays open and says nothing any more. */
  fallSilent(): void {
    if (this.#phase === 'talking') this.#phase = 'mute';
  }

  /** @param code none sends an empty close frame, which the client sees as 1005 */
  close(code?: number): void {
    this.#end(() => this.#socket.close(code));
  }

  /** Breaks the connection without a close frame: 1006. */
  drop(): void {
    this.#end(() => this.#socket.terminate());
  }

  #end(act: () => void): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#outbox.push(act);
  }
}
