import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { type WebSocket, WebSocketServer } from 'ws';

/** An HTTP request that the server got. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly parameters: Readonly<Record<string, string>>;
}

export type JsonObject = Record<string, unknown>;

/** Answers one path: TwiML as a string, or whatever the function does with the response. */
export type Route = string | ((request: Request, response: Response, visit: number) => string | undefined);

/** One stream that a phone opened. Messages are kept as they came. */
export class SeenStream {
  readonly socket: WebSocket;
  readonly headers: IncomingHttpHeaders;
  readonly messages: JsonObject[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(socket: WebSocket, headers: IncomingHttpHeaders) {
    this.socket = socket;
    this.headers = headers;
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)));
      for (const check of [...this.#waiting]) check();
    });
  }

  of(event: string): JsonObject[] {
    return this.messages.filter((message) => message.event === event);
  }

  /** Resolves as soon as `count` messages of this kind have come. */
  async received(event: string, count = 1): Promise<JsonObject[]> {
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (this.of(event).length < count) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
    return this.of(event);
  }

  async streamSid(): Promise<string> {
    const [start] = await this.received('start');
    return String(start?.streamSid);
  }

  async send(message: JsonObject): Promise<void> {
    this.socket.send(JSON.stringify({ ...message, streamSid: await this.streamSid() }));
  }

  /** Sends agent audio in one message. */
  play(mulaw: Uint8Array): Promise<void> {
    return this.send({ event: 'media', media: { payload: Buffer.from(mulaw).toString('base64') } });
  }

  mark(name: string): Promise<void> {
    return this.send({ event: 'mark', mark: { name } });
  }
}

/** A tiny voice application: fixed answers to webhooks, and a test's hands on the media socket. */
export interface ScriptedServer {
  /** For example `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** For example `127.0.0.1:41234`. */
  readonly host: string;
  readonly requests: SeenRequest[];
  readonly streams: SeenStream[];
  requestsTo(path: string): SeenRequest[];
  /** The n-th request (from 0). @throws when there was none */
  request(index: number): SeenRequest;
  /** The n-th stream (from 0), as soon as it is open. */
  stream(index?: number): Promise<SeenStream>;
  close(): Promise<void>;
}

/** Listens on a free port of this machine. @param options `acceptsStreams`: false answers every upgrade with 401 */
export async function startScriptedServer(
  routes: Readonly<Record<string, Route>>,
  { acceptsStreams = true }: { readonly acceptsStreams?: boolean } = {},
): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  const streams: SeenStream[] = [];
  const visits = new Map<string, number>();
  const application = express();
  application.use(express.urlencoded({ extended: false }));
  application.use((request, response) => {
    const { method, path, headers, query } = request;
    requests.push({ method, path, headers, parameters: { ...query, ...request.body } });
    const visit = visits.get(path) ?? 0;
    visits.set(path, visit + 1);
    const route = routes[path];
    const answer = typeof route === 'function' ? route(request, response, visit) : (route ?? response.sendStatus(404));
    if (typeof answer === 'string') response.type('text/xml').send(answer);
  });
  const http = application.listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server: http, verifyClient: () => acceptsStreams });
  sockets.on('connection', (socket, { headers }) => {
    streams.push(new SeenStream(socket, headers));
    sockets.emit('seen');
  });
  await once(http, 'listening');
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    requests,
    streams,
    requestsTo: (path) => requests.filter((request) => request.path === path),
    request(index) {
      const request = requests[index];
      if (request === undefined) throw new Error(`no request ${index}: only ${requests.length} came`);
      return request;
    },
    async stream(index = 0) {
      for (;;) {
        const stream = streams[index];
        if (stream !== undefined) return stream;
        await once(sockets, 'seen');
      }
    },
    async close() {
      for (const { socket } of streams) socket.terminate();
      sockets.close();
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

/** What may differ in the TwiML of {@link connectTwiml}; all are pieces of XML. */
export interface ConnectTwimlParts {
  /** The action of `<Connect>`. */
  readonly action?: string;
  /** More attributes of `<Stream>`. */
  readonly attributes?: string;
  /** Nouns inside `<Stream>`. */
  readonly inside?: string;
  /** Verbs after `<Connect>`. */
  readonly tail?: string;
}

/** TwiML that connects to the media socket at `host`. */
export function connectTwiml(host: string, parts: ConnectTwimlParts = {}): string {
  const { action, attributes = '', inside = '', tail = '' } = parts;
  const connect = action === undefined ? '<Connect>' : `<Connect action="${action}">`;
  return `<Response>${connect}<Stream url="ws://${host}/media" ${attributes}>${inside}</Stream></Connect>${tail}</Response>`;
}
