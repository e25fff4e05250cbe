import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Express, Router } from 'express';
import { addAccountRoute } from './account-route.ts';
import { isAuthenticated } from './authentication.ts';
import { addCallRoutes, type RingingCall } from './call-routes.ts';
import { notFound, sendError, UNAUTHENTICATED } from './errors.ts';
import { type RestFault, RestFaults } from './faults.ts';
import { addPhoneNumberRoutes } from './phone-number-routes.ts';
import { addRecordingRoutes } from './recording-routes.ts';
import { CallRegistry } from './registry.ts';

export interface TwilioRestOptions {
  readonly accountSid: string;
  readonly authToken: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** The account's numbers, E.164. Default: none. */
  readonly phoneNumbers?: readonly string[];
  /**
   * The telephone that an outbound call rings. Called after the request was answered, with options that only need to be
   * handed to `placeCall` to pick up. Default: nobody is there, and the call stays queued.
   */
  readonly ring?: (call: RingingCall) => void;
  /** How long a request waits for its answer, and for the fault that it may meet. Default: not at all. */
  readonly latency?: () => Promise<void>;
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

/**
 * Twilio's REST API for calls, on loopback, with Basic authentication and Twilio's errors.
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
  { accountSid, authToken, phoneNumbers = [], ring, latency = async () => {} }: TwilioRestOptions,
  registry: CallRegistry,
  requests: RestRequest[],
  faults: RestFaults,
): Express {
  const rest = express()
    .disable('x-powered-by')
    .use(express.urlencoded({ extended: false }));
  rest.use(async (request, response, next) => {
    const { method, path, query, body } = request;
    requests.push({ method, path, parameters: { ...query, ...body } });
    await latency();
    if (faults.apply(response)) return;
    if (isAuthenticated(request, accountSid, authToken)) next();
    else sendError(response, UNAUTHENTICATED);
  });
  addAccountRoute(rest, accountSid);
  const account = Router();
  addCallRoutes(account, { accountSid, registry, ring });
  addRecordingRoutes(account, accountSid, registry);
  addPhoneNumberRoutes(account, accountSid, phoneNumbers);
  rest.use(`/2010-04-01/Accounts/${accountSid}`, account);
  rest.use((request, response) => sendError(response, notFound(request.originalUrl)));
  return rest;
}
