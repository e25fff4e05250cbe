import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { briefOf, type HandOverOptions, humanOf } from '../agents/brief-of.ts';
import { loadProfile } from '../agents/load-profile.ts';
import type { connectCall } from '../machines/call/connect-call.ts';
import type { CallControl } from '../machines/call/ports.ts';
import { ServiceError } from '../services/errors.ts';
import { TwilioRest } from '../services/telephony/twilio/call-control.ts';
import type { TwilioStream } from '../services/telephony/twilio/stream.ts';
import { CallRegistry } from './call-registry.ts';
import { type CallClock, CallSession } from './call-session.ts';
import { controlPlane } from './control-plane.ts';
import { type Engines, openEngines } from './engines.ts';
import { openJournalFile, prepareJournals } from './journal-file.ts';
import { createLogger, type Logger } from './logging.ts';
import { MediaPlane } from './media-plane.ts';
import { Metrics } from './metrics.ts';
import { type Settings, SettingsError, secretsOf } from './settings.ts';
import { StreamTokens } from './stream-token.ts';
import { unreachable } from './unreachable.ts';

/** What tests and the demo may replace. */
export interface ServerOverrides {
  readonly logger?: Logger;
  /** Engines that are ready; the server then does not close them. */
  readonly engines?: Engines;
  readonly connect?: typeof connectCall;
  readonly brief?: typeof briefOf;
  /** Monotonic clock (ms). */
  readonly now?: () => number;
  /** The timers of all charts. */
  readonly clock?: CallClock;
  /** Told of each call before it begins. */
  readonly onCall?: (session: CallSession) => void;
  readonly startTimeoutMs?: number;
  readonly deadLineMs?: number;
  readonly requestTimeoutMs?: number;
  /** How long one request to the carrier may take. */
  readonly carrierTimeoutMs?: number;
}

/** A running server. */
export interface RunningServer {
  /** Where it listens, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly calls: CallRegistry;
  /**
   * Takes no more calls, waits for the live ones, says goodbye to those that are left, and closes everything.
   *
   * @param drainMs how long live calls may go on; default the setting `DRAIN_TIMEOUT`
   */
  close(options?: { readonly drainMs?: number }): Promise<void>;
}

/** A goodbye takes five seconds at most (the chart's `closingCap`), and its audio a moment more (ms). */
const GOODBYE_MS = 6000;

/** Within so long (ms) a request has come whole, or is answered 408: Twilio itself gives a webhook up after 15 s. */
const REQUEST_MS = 15_000;

/** Twilio asks the `<Connect action>` as soon as a stream is closed: one round trip (ms). */
const LAST_ANSWER_MS = 2000;

/**
 * Starts a server: opens the engines, then listens.
 *
 * @throws ProfileError for an agent that cannot be used, SettingsError for a folder that cannot be written, an engine's
 *   error, or the system's when the port is taken
 * @example const server = await createServer(readSettings({ PORT: '0' })); … await server.close();
 */
export async function createServer(settings: Settings, overrides: ServerOverrides = {}): Promise<RunningServer> {
  const profile = loadProfile(settings.AGENT);
  const logger =
    overrides.logger ??
    createLogger({ level: settings.LOG_LEVEL, secrets: secretsOf(settings), pretty: process.stderr.isTTY === true });
  await prepareJournals(settings.LOG_DIR).catch((error: NodeJS.ErrnoException) => {
    const received = JSON.stringify(settings.LOG_DIR);
    throw new SettingsError([`LOG_DIR: expected a folder that can be written, received ${received} (${error.code})`]);
  });
  const handOver: HandOverOptions = {
    human: settings.HUMAN_NUMBER,
    queue: settings.HUMAN_QUEUE,
    emergency: settings.EMERGENCY_FALLBACK_NUMBER,
  };
  for (const warning of unreachable(profile, settings)) logger.warn(warning);
  const { now = () => performance.now(), brief = briefOf } = overrides;
  const rest = restOf(settings, overrides.carrierTimeoutMs);
  // Loading the SDK blocks for 0.2–0.5 s: now, not while somebody talks. A failure shows again at the first hand-over.
  await rest?.warmUp().catch((error: unknown) => logger.warn('the Twilio SDK cannot be loaded', { error }));
  const calls = new CallRegistry({ maximum: settings.MAX_CALLS, now });
  const metrics = new Metrics(() => calls.live);
  const engines = overrides.engines ?? (await openEngines({ settings, profile, logger, metrics }));
  const tokens = new StreamTokens({
    secret: settings.TWILIO_AUTH_TOKEN ?? randomBytes(32).toString('hex'),
    now: () => Date.now(),
  });

  /** Calls whose journals are not on the disk yet. */
  const unreleased = new Set<CallSession>();
  const openCall = (call: { callSid: string; stream: TwilioStream; baseUrl: string }): CallSession => {
    const { callSid, stream, baseUrl } = call;
    const log = logger.child({ callSid });
    const over = new AbortController();
    const served = { callSid, signal: over.signal };
    try {
      const session = new CallSession({
        stream,
        brief: brief(profile, { callSid, ...handOver }),
        engines: {
          ...engines.STT.forCall(served),
          ...engines.LLM.forCall(served),
          ...engines.TTS.forCall(served),
          callControl: rest?.callControl({ callSid, actionUrl: `${baseUrl}/twilio/stream-ended` }) ?? noAccount,
        },
        journal: openJournalFile({
          directory: settings.LOG_DIR,
          callSid,
          onError: (error) => log.error('the journal cannot be written; the call goes on', { error }),
        }),
        metrics,
        logger: log,
        now,
        date: () => new Date(),
        ...(overrides.connect && { connect: overrides.connect }),
        ...(overrides.clock && { clock: overrides.clock }),
        onEnded: (ended, outcome) => {
          over.abort();
          calls.end(ended, outcome);
        },
      });
      unreleased.add(session);
      void session.released.then(() => unreleased.delete(session));
      overrides.onCall?.(session);
      return session;
    } catch (error) {
      over.abort();
      throw error;
    }
  };

  const shared = { settings, calls, tokens, metrics, logger };
  const { startTimeoutMs, deadLineMs, requestTimeoutMs = REQUEST_MS } = overrides;
  const http = createHttpServer(
    {
      headersTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: requestTimeoutMs / 2,
    },
    controlPlane({ ...shared, human: humanOf(profile, handOver) }),
  );
  const media = new MediaPlane({
    ...shared,
    openCall,
    ...(startTimeoutMs !== undefined && { startTimeoutMs }),
    ...(deadLineMs !== undefined && { deadLineMs }),
  });
  media.attach(http);

  const release = async (): Promise<void> => {
    media.close();
    if (!overrides.engines) await Promise.all(Object.values(engines).map((engine) => engine.close()));
  };
  try {
    http.listen(settings.PORT, settings.host);
    await once(http, 'listening');
  } catch (error) {
    await release();
    throw error;
  }

  const close = async (drainMs: number): Promise<void> => {
    if (!(await calls.drain(drainMs))) {
      logger.warn('calls are still live: they are told goodbye', { live: calls.live });
      for (const call of calls.list()) call.send({ type: 'operator.hangUp' });
      if (!(await calls.drain(GOODBYE_MS))) for (const call of calls.list()) call.terminate();
    }
    await calls.allAnswered(LAST_ANSWER_MS);
    await Promise.all([...unreleased].map(({ released }) => released));
    http.close();
    http.closeIdleConnections();
    await release();
    http.closeAllConnections();
  };
  let closing: Promise<void> | undefined;
  return {
    url: urlOf(http.address() as AddressInfo),
    calls,
    close: ({ drainMs = settings.DRAIN_TIMEOUT } = {}) => {
      closing ??= close(drainMs);
      return closing;
    },
  };
}

/** Twilio's REST API when there is an account, loaded ahead so that the first hand-over does not wait for the SDK. */
function restOf(
  { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_API_BASE_URL: baseUrl }: Settings,
  timeoutMs: number | undefined,
) {
  if (accountSid === undefined || authToken === undefined) return undefined;
  return new TwilioRest({ accountSid, authToken, baseUrl, ...(timeoutMs !== undefined && { timeoutMs }) });
}

const noAccount: CallControl = {
  async transfer() {
    throw new ServiceError('no Twilio account: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN', {
      code: 'auth',
      vendor: 'twilio',
    });
  },
};

function urlOf({ address, family, port }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
