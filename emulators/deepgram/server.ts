import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isAuthenticated } from './authentication.ts';
import { httpAnswer, NOT_FOUND, type Refusal, UNAUTHORISED } from './refusal.ts';
import { type RequestFault, RequestFaults } from './request-faults.ts';
import { TOKEN_DETAILS } from './token-details.ts';

/** One path of the API, for example `/v1/speak`. Both functions are called for authenticated requests only. */
export interface Endpoint {
  readonly path: string;
  /** Looks at the query of an upgrade. @returns why it is refused, or who takes the socket */
  connect(query: URLSearchParams): Refusal | ((socket: WebSocket) => void);
  /** Answers a plain request. Default: 404. */
  request?(request: IncomingMessage, query: URLSearchParams, response: ServerResponse): Promise<void>;
}

export interface DeepgramServerOptions {
  readonly apiKey: string;
  /** Default 0: a free one. */
  readonly port?: number;
  readonly endpoints: readonly Endpoint[];
}

export interface DeepgramServer {
  /** For the SDK's `baseUrl`; it takes an http origin for sockets, too. */
  readonly baseUrl: string;
  /** Path and query of all requests and upgrades so far, refused ones included. */
  readonly requests: readonly string[];
  /** Sockets that are open now. */
  readonly openSockets: number;
  /** Spoils the next requests and handshakes. @param times default 1 */
  inject(fault: RequestFault, times?: number): void;
  /** Ends at once: open sockets break. */
  close(): Promise<void>;
}

/** What all of Deepgram's endpoints share, on loopback: authentication, refusals, faults of the handshake. */
export async function createDeepgramServer({
  apiKey,
  port = 0,
  endpoints,
}: DeepgramServerOptions): Promise<DeepgramServer> {
  const requests: string[] = [];
  const faults = new RequestFaults();
  const sockets = new WebSocketServer({ noServer: true });

  /** @returns the endpoint and its query, a refusal, or what a fault demands */
  const route = (request: IncomingMessage) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://loopback');
    requests.push(request.url ?? '/');
    const fault = faults.take();
    if (fault !== undefined) return fault;
    if (!isAuthenticated(request.headers.authorization, apiKey)) return UNAUTHORISED;
    const endpoint = [...endpoints, TOKEN_DETAILS].find(({ path }) => path === pathname);
    return endpoint ? { endpoint, query } : NOT_FOUND;
  };

  const server = createServer(async (request, response) => {
    const found = route(request);
    if (found === 'hang') return;
    if (found === 'disconnect') return void request.socket.destroy();
    if ('status' in found) return refuse(response, found);
    if (!found.endpoint.request) return refuse(response, NOT_FOUND);
    await found.endpoint.request(request, found.query, response);
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const found = route(request);
    if (found === 'hang') return;
    if (found === 'disconnect') return void socket.destroy();
    if ('status' in found) return refuseUpgrade(socket, found);
    const taker = found.endpoint.connect(found.query);
    if (typeof taker !== 'function') return refuseUpgrade(socket, taker);
    sockets.handleUpgrade(request, socket, head, taker);
  });
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get openSockets() {
      return sockets.clients.size;
    },
    inject: (fault, times = 1) => faults.add(fault, times),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const connection of connections) connection.destroy();
      await closed;
    },
  };
}

/** Answers a plain request with a refusal. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  const { status, headers, body } = httpAnswer(refusal);
  response.writeHead(status, headers).end(body);
}

function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const { status, statusText, headers, body } = httpAnswer(refusal);
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${statusText}`, ...lines, '', body].join('\r\n'));
}
