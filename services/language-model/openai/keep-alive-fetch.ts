import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';

/** `fetch` over connections that stay open between the turns of a call. */
export interface KeepAliveFetch {
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Whether an open connection waits for the next request. */
  hasIdleConnection(): boolean;
  /** Ends all connections, also those in use, and opens none any more: what is sent from here on fails. */
  close(): void;
}

/** How long an idle connection is kept (ms), unless the server says less. Node's own `fetch` keeps it for 4 s: less than a turn. */
const IDLE_MS = 120_000;

/** Statuses whose response has no body. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** What a connection dies of that the server had closed before the request reached it. */
const STALE: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);

/** Where requests of one URL go, in the words of `node:http`. */
interface Destination extends ReturnType<typeof urlToHttpOptions> {
  readonly secure: boolean;
}

/** An API has few URLs, and taking one apart is the dearer part of a request that a caller waits for. */
const destinations = new Map<string, Destination>();

function destinationOf(href: string): Destination {
  const known = destinations.get(href);
  if (known) return known;
  const url = new URL(href);
  const destination = { ...urlToHttpOptions(url), secure: url.protocol === 'https:' };
  destinations.set(href, destination);
  return destination;
}

/** As Node's own `fetch` says that its signal ended it. */
const aborted = (): Error => Object.assign(new Error('the request was aborted'), { name: 'AbortError' });

interface Exchange {
  readonly to: Destination;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Makes a `fetch` for the SDK with connections of its own. The last one used is used first, so few stay open.
 *
 * A server may close a kept connection in the very moment it is used again. Such a request is sent once more, over another
 * connection: asking a model twice changes nothing. Redirects are not followed; request bodies are text.
 */
export function createKeepAliveFetch(): KeepAliveFetch {
  const options = { keepAlive: true, scheduling: 'lifo', timeout: IDLE_MS } as const;
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };

  let closed = false;

  const send = (exchange: Exchange): Promise<Response> =>
    new Promise((resolve, reject) => {
      const { to, method, headers, body, signal } = exchange;
      if (signal?.aborted) return reject(aborted());
      if (closed) return reject(new TypeError('fetch failed', { cause: new Error('the connections were closed') }));
      const agent = to.secure ? agents['https:'] : agents['http:'];
      const request = (to.secure ? httpsRequest : httpRequest)({ ...to, agent, method, headers });
      // Node's own `signal` option listens to the whole life of the request, which takes longer than to write it.
      const abort = (): void => void request.destroy(aborted());
      signal?.addEventListener('abort', abort, { once: true });
      request.once('close', () => signal?.removeEventListener('abort', abort));
      const failed = (error: NodeJS.ErrnoException): void => {
        const stale = request.reusedSocket && STALE.has(error.code) && !signal?.aborted;
        if (stale) resolve(send(exchange));
        else if (error.name === 'AbortError') reject(error);
        // As Node's own `fetch` says it; the reason survives in the cause.
        else reject(new TypeError('fetch failed', { cause: error }));
      };
      request.once('error', failed);
      request.once('response', (incoming) => {
        // From here on the reader of the body meets what goes wrong.
        request.off('error', failed).on('error', () => {});
        try {
          resolve(responseOf(incoming));
        } catch (cause) {
          // A status or a header that HTTP does not know.
          request.destroy();
          reject(new TypeError('unusable response', { cause }));
        }
      });
      request.end(body);
    });

  return {
    fetch: async (input, init = {}) =>
      send({
        to: destinationOf(input instanceof Request ? input.url : String(input)),
        method: init.method ?? 'GET',
        headers: Object.fromEntries(init.headers instanceof Headers ? init.headers : new Headers(init.headers)),
        body: typeof init.body === 'string' ? init.body : '',
        signal: init.signal ?? undefined,
      }),
    hasIdleConnection: () =>
      Object.values(agents).some(({ freeSockets }) => Object.values(freeSockets).some((sockets) => sockets?.length)),
    close() {
      closed = true;
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function responseOf(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 500;
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  if (!WITHOUT_BODY.has(status))
    return new Response(Readable.toWeb(incoming) as ReadableStream<Uint8Array>, { status, headers });
  incoming.resume();
  return new Response(null, { status, headers });
}
