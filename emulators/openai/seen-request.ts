import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';

/** How the exchange ended. `broken`: the connection ended before the response was complete, as it does when a client aborts. */
export interface Outcome {
  readonly type: 'completed' | 'broken';
  /** Of the emulator's clock (ms). */
  readonly atMs: number;
  /** HTTP status; undefined if no headers were sent. */
  readonly status: number | undefined;
}

/** A request as it came, and what became of it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** When its head had come, of the emulator's clock (ms). */
  readonly atMs: number;
  /** The connections of the emulator are numbered; the same number means that one was used again. */
  readonly connection: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** JSON, or undefined without a body. */
  readonly body: unknown;
  /** Undefined while it is being answered. */
  readonly outcome: Outcome | undefined;
  /** Resolves with the outcome. */
  readonly settled: Promise<Outcome>;
}

/** Numbers connections and notes what comes over them. */
export class RequestLog {
  readonly requests: SeenRequest[] = [];
  readonly #now: () => number;
  readonly #connections = new WeakMap<object, number>();
  readonly #arrivals = new WeakMap<IncomingMessage, number>();
  #connectionCount = 0;
  #waiting: (() => void)[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** To be called as soon as the head of a request has come, before anything is made of it. */
  arrived(request: IncomingMessage): void {
    this.#arrivals.set(request, this.#now());
  }

  note(request: Request, response: Response): void {
    const seen: { -readonly [Field in keyof SeenRequest]: SeenRequest[Field] } = {
      method: request.method,
      path: request.originalUrl,
      atMs: this.#arrivals.get(request) ?? this.#now(),
      connection: this.#numberOf(request.socket),
      headers: { ...request.headers },
      body: request.body,
      outcome: undefined,
      settled: new Promise((resolve) => {
        response.once('close', () => {
          seen.outcome = {
            type: response.writableFinished ? 'completed' : 'broken',
            atMs: this.#now(),
            status: response.headersSent ? response.statusCode : undefined,
          };
          resolve(seen.outcome);
        });
      }),
    };
    this.requests.push(seen);
    for (const look of this.#waiting.splice(0)) look();
  }

  /** Resolves with the request of this number (from 0), as soon as it has come. */
  async request(index: number): Promise<SeenRequest> {
    for (;;) {
      const seen = this.requests[index];
      if (seen !== undefined) return seen;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #numberOf(socket: object): number {
    const known = this.#connections.get(socket) ?? this.#connectionCount++;
    this.#connections.set(socket, known);
    return known;
  }
}
