import OpenAI from 'openai';
import { createKeepAliveFetch } from './keep-alive-fetch.ts';

export interface ChatClientOptions {
  /** For example `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Servers of one's own often want none, but the SDK wants a word. Default `local`. */
  readonly apiKey?: string;
  /** How long a request may wait for the first byte of its response (ms). Default 30 s: the chart gives up long before. */
  readonly timeoutMs?: number;
}

export interface ChatClient {
  readonly client: OpenAI;
  /** Opens a connection, if none is idle. Never rejects. */
  warmUp(): Promise<void>;
  /** Opens a connection in place of one that an aborted request has ended. Never rejects. */
  replaceConnection(): Promise<void>;
  /** Ends all connections, and opens none any more. */
  close(): void;
}

/**
 * The vendor's SDK as a telephone needs it: no retries behind our back (it would sleep through an abort), connections that
 * outlive a turn, nothing read from the environment, and nothing printed (it logs what it cannot parse).
 */
export function createChatClient({ baseUrl, apiKey = 'local', timeoutMs = 30_000 }: ChatClientOptions): ChatClient {
  const { fetch, hasIdleConnection, close } = createKeepAliveFetch();
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    fetch,
  });
  // Any answer will do, also a refusal: it comes over a connection that is open then.
  const connect = async (): Promise<void> => {
    await client.models.list().catch(() => undefined);
  };
  return {
    client,
    async warmUp() {
      if (!hasIdleConnection()) await connect();
    },
    replaceConnection: connect,
    close,
  };
}
