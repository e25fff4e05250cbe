import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { createListenEndpoint, type ListenEndpointOptions } from '../../../../emulators/deepgram/listen/endpoint.ts';
import { createDeepgramServer, type DeepgramServer } from '../../../../emulators/deepgram/server.ts';

export const KEY = 'dg-0123456789';
export const QUERY = 'model=flux-general-en&encoding=mulaw&sample_rate=8000';

export type Message = Readonly<Record<string, unknown>>;

/** A plain WebSocket client of the emulator, without the vendor's SDK. */
export class ListenClient {
  readonly messages: Message[] = [];
  readonly socket: WebSocket;
  /** Close code; 1005 is none, 1006 a broken connection. */
  readonly closed: Promise<number>;
  readonly #waiting = new Set<() => void>();

  constructor(url: string) {
    this.socket = new WebSocket(url, { headers: { authorization: `Token ${KEY}` } });
    this.closed = once(this.socket, 'close').then(([code]) => Number(code));
    this.socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)));
      for (const look of this.#waiting) look();
      this.#waiting.clear();
    });
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Sends so much silence in pieces of 80 ms. */
  audio(durationMs: number): void {
    for (let bytes = durationMs * 8; bytes > 0; bytes -= 640)
      this.socket.send(Buffer.alloc(Math.min(640, bytes), 0xff));
  }

  /** Resolves with all messages once so many have come. */
  async received(count: number): Promise<readonly Message[]> {
    while (this.messages.length < count) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return this.messages;
  }
}

export interface ListenBench {
  readonly server: DeepgramServer;
  readonly listen: ReturnType<typeof createListenEndpoint>;
  connect(query?: string): Promise<ListenClient>;
  /** @returns the answer to a handshake that is refused */
  refused(
    query?: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Message }>;
}

/** Starts the emulator on a free port. */
export async function listenBench(options: ListenEndpointOptions = {}): Promise<ListenBench> {
  const listen = createListenEndpoint(options);
  const server = await createDeepgramServer({ apiKey: KEY, endpoints: [listen] });
  const urlOf = (query: string): string => `${server.baseUrl.replace('http', 'ws')}/v2/listen?${query}`;
  return {
    server,
    listen,
    async connect(query = QUERY) {
      const client = new ListenClient(urlOf(query));
      await once(client.socket, 'open');
      return client;
    },
    async refused(query = QUERY, headers = { authorization: `Token ${KEY}` }) {
      const socket = new WebSocket(urlOf(query), { headers });
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()),
      };
    },
  };
}
