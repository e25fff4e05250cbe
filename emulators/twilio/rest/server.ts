import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Request, type Response } from 'express';
import type { CallStatus } from '../call-events.ts';
import type { PhoneOptions } from '../phone-options.ts';
import { newSid } from '../sid.ts';
import { callResource } from './call-resource.ts';
import { CALL_NOT_IN_PROGRESS, notFound, sendError, UNAUTHENTICATED } from './errors.ts';
import { type RestFault, RestFaults } from './faults.ts';
import { type CallRequest, isRestError, readCreate, readUpdate } from './parameters.ts';
import { QueuedCall } from './queued-call.ts';
import { CallRegistry, type ControllableCall } from './registry.ts';

export interface TwilioRestOptions {
  readonly accountSid: string;
  readonly authToken: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /**
   * The telephone that an outbound call rings. Called after the request was answered, with options that only need to be
   * handed to `placeCall` to pick up. Default: nobody is there, and the call stays queued.
   */
  readonly ring?: (call: Required<Pick<PhoneOptions, 'callSid'>> & PhoneOptions) => void;
}

/** A request as it came. */
export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

export interface TwilioRest {
  /** For `client.api.baseUrl` of the SDK. */
  readonly baseUrl: string;
  /** The account's calls; hand it to `placeCall` so that a live call can be changed over REST. */
  readonly registry: CallRegistry;
  /** All requests so far, refused ones included. */
  readonly requests: readonly RestRequest[];
  /** Spoils the next requests. @param times default 1 */
  inject(fault: RestFault, times?: number): void;
  close(): Promise<void>;
}

const ENDED: ReadonlySet<CallStatus> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/**
 * Twilio's REST API for calls, on loopback: create, fetch and update, with Basic authentication and Twilio's errors.
 *
 * @example
 * const rest = await createTwilioRest({ accountSid, authToken });
 * const client = twilio(accountSid, authToken);
 * client.api.baseUrl = rest.baseUrl;
 * const call = await placeCall({ url, registry: rest.registry, accountSid });
 * await client.calls(call.callSid).update({ twiml: '<Response><Hangup/></Response>' });
 */
export async function createTwilioRest(options: TwilioRestOptions): Promise<TwilioRest> {
  const registry = new CallRegistry();
  const requests: RestRequest[] = [];
  const faults = new RestFaults();
  const server = application(options, registry, requests, faults).listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    registry,
    requests,
    inject: (fault, times = 1) => faults.add(fault, times),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function application(
  { accountSid, authToken, ring }: TwilioRestOptions,
  registry: CallRegistry,
  requests: RestRequest[],
  faults: RestFaults,
): Express {
  const account = `/2010-04-01/Accounts/${accountSid}`;
  const rest = express()
    .disable('x-powered-by')
    .use(express.urlencoded({ extended: false }));
  rest.use((request, response, next) => {
    const { method, path, query, body } = request;
    requests.push({ method, path, parameters: { ...query, ...body } });
    if (faults.apply(response)) return;
    if (isAuthenticated(request, accountSid, authToken)) next();
    else sendError(response, UNAUTHENTICATED);
  });
  rest.post(`${account}/Calls.json`, (request, response) => {
    const asked = readCreate(request.body);
    if (isRestError(asked)) return sendError(response, asked);
    const { callSid, call } = enqueue(asked, accountSid, registry);
    response.status(201).json(callResource(call.facts));
    if (ring !== undefined) setImmediate(() => ring({ ...phoneOptions(asked), accountSid, callSid, registry }));
  });
  rest.get(`${account}/Calls/:file`, (request, response) => {
    const call = findCall(request, registry);
    if (call === undefined) return sendError(response, notFound(request.path));
    response.json(callResource(call.facts));
  });
  rest.post(`${account}/Calls/:file`, (request, response) => {
    const call = findCall(request, registry);
    if (call === undefined) return sendError(response, notFound(request.path));
    updateCall(call, request, response);
  });
  rest.use((request, response) => sendError(response, notFound(request.path)));
  return rest;
}

function updateCall(call: ControllableCall, request: Request, response: Response): void {
  const change = readUpdate(request.body);
  if (isRestError(change)) {
    sendError(response, change);
    return;
  }
  const { status } = call.facts;
  const cancelsLiveCall = change.kind === 'status' && change.status === 'canceled' && status === 'in-progress';
  const changesQueuedCall = status === 'queued' && change.kind !== 'status';
  if (ENDED.has(status) || cancelsLiveCall || changesQueuedCall) {
    sendError(response, CALL_NOT_IN_PROGRESS);
    return;
  }
  call.update(change);
  const shown = change.kind === 'status' ? change.status : call.facts.status;
  response.json(callResource({ ...call.facts, status: shown }));
}

function isAuthenticated({ headers }: Request, accountSid: string, authToken: string): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`);
  const received = Buffer.from(headers.authorization ?? '');
  return received.length === expected.length && timingSafeEqual(received, expected);
}

function findCall({ params }: Request, registry: CallRegistry): ControllableCall | undefined {
  const { file } = params;
  return typeof file === 'string' && file.endsWith('.json') ? registry.find(file.slice(0, -5)) : undefined;
}

function enqueue({ From, To }: CallRequest, accountSid: string, registry: CallRegistry) {
  const callSid = newSid('CA');
  const createdAt = new Date();
  const call = new QueuedCall({ callSid, accountSid, from: From, to: To, direction: 'outbound-api', createdAt });
  registry.add(call);
  return { callSid, call };
}

/** What a telephone needs to pick this call up. With both `Url` and `Twiml` the URL wins. */
function phoneOptions(asked: CallRequest): PhoneOptions {
  return {
    url: asked.Url ?? 'http://127.0.0.1',
    ...(asked.Url === undefined && asked.Twiml !== undefined ? { twiml: asked.Twiml } : {}),
    method: asked.Method,
    from: asked.From,
    to: asked.To,
    direction: 'outbound-api',
    ...(asked.FallbackUrl === undefined ? {} : { fallbackUrl: asked.FallbackUrl }),
    ...(asked.StatusCallback === undefined
      ? {}
      : { statusCallback: { url: asked.StatusCallback, events: asked.StatusCallbackEvent } }),
  };
}
