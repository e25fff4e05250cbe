import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { monotonicClock } from '../twilio/clock.ts';
import { isAuthenticated } from './authentication.ts';
import { createChatRoute } from './chat-route.ts';
import type { OpenAiEmulatorOptions } from './emulator-options.ts';
import { badRequest, sendError, unknownUrl } from './errors.ts';
import { type Fault, isRefusal, refuse } from './faults.ts';
import { MODELS } from './model-rules.ts';
import { RequestLog, type SeenRequest } from './seen-request.ts';

export interface OpenAiEmulator {
  /** For `baseURL` of the SDK: `http://127.0.0.1:<port>/v1`. */
  readonly baseUrl: string;
  /** All requests so far, refused ones included. */
  readonly requests: readonly SeenRequest[];
  /** Resolves with the request of this number (from 0), as soon as it has come. */
  request(index: number): Promise<SeenRequest>;
  /** Spoils the next requests for completions, one each, in this order. */
  inject(...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

/** How long an idle connection is kept (ms): longer than a turn of a call, unlike Node's 5 s. */
const IDLE_MS = 60_000;

/**
 * OpenAI's chat completions on loopback, streamed and plain, strict about what the vendor refuses: keys, models, parameters
 * that a model does not take, conversations whose tool calls and results do not pair.
 *
 * @example
 * const emulator = await createOpenAiEmulator({ answer: () => [{ type: 'text', text: 'Good evening.' }] });
 * const client = new OpenAI({ apiKey: 'any', baseURL: emulator.baseUrl });
 * emulator.inject('rate limit', 'disconnect mid-stream');
 */
export async function createOpenAiEmulator(options: OpenAiEmulatorOptions): Promise<OpenAiEmulator> {
  const { clock = monotonicClock } = options;
  const log = new RequestLog(() => clock.now());
  const faults: Fault[] = [];
  const server = application(options, log, faults).listen(options.port ?? 0, '127.0.0.1');
  server.keepAliveTimeout = IDLE_MS;
  server.prependListener('request', (request) => log.arrived(request));
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: log.requests,
    request: (index) => log.request(index),
    inject: (...more) => {
      faults.push(...more);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function application(options: OpenAiEmulatorOptions, log: RequestLog, faults: Fault[]): Express {
  const { apiKey, retryAfterSeconds = 1 } = options;
  const answerChat = createChatRoute(options);
  const api = express().disable('x-powered-by').disable('etag');
  api.use(express.json({ limit: '10mb' }));
  api.use((request, response, next) => {
    response.set('x-request-id', `req_${log.requests.length + 1}`);
    log.note(request, response);
    if (isAuthenticated(request, response, apiKey)) next();
  });
  api.get('/v1/models', (_request, response) => {
    const data = Object.keys(MODELS).map((id) => ({ id, object: 'model', created: 1_790_000_000, owned_by: 'openai' }));
    response.json({ object: 'list', data });
  });
  api.post('/v1/chat/completions', async (request, response) => {
    const fault = faults.shift();
    if (fault !== undefined && isRefusal(fault)) refuse(response, fault, retryAfterSeconds);
    else await answerChat(request, response, fault);
  });
  api.use((request, response) => sendError(response, unknownUrl(request.method, request.path)));
  const onError: ErrorRequestHandler = (error, request, response, next) => {
    if (error.type !== 'entity.parse.failed') return next(error);
    log.note(request, response);
    sendError(response, badRequest('We could not parse the JSON body of your request.', null));
  };
  return api.use(onError);
}
