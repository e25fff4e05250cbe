import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { noted } from '../machines/call/hand-over-note.ts';
import { type AfterCall, leadingTo } from '../machines/call/output.ts';
import type { Destination } from '../machines/call/ports.ts';
import { CALL_SID } from '../services/telephony/twilio/messages.ts';
import type { CallRegistry } from './call-registry.ts';
import { HttpError } from './http-error.ts';
import type { Logger } from './logging.ts';
import type { Metrics } from './metrics.ts';
import { baseUrlOf } from './public-url.ts';
import type { Settings } from './settings.ts';
import type { StreamTokens } from './stream-token.ts';
import { isSigned } from './twilio-signature.ts';
import { afterCallDocument, nothingMore, SORRY, streamDocument } from './twiml.ts';

export interface WebhookOptions {
  readonly settings: Settings;
  /** Where a caller goes whom no agent can serve; nowhere when undefined. */
  readonly human: Destination | undefined;
  readonly calls: CallRegistry;
  readonly tokens: StreamTokens;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** A live call whose socket just dropped decides within its line's grace; Twilio waits for us up to 15 s (ms). */
const OUTCOME_WAIT_MS = 3000;

/** How a dialled party, a wait in a queue or a call can end; Twilio's words. */
const ANSWERED: ReadonlySet<string> = new Set(['completed', 'answered']);
const QUEUE_LEFT_UNSERVED: ReadonlySet<string> = new Set(['queue-full', 'leave', 'error', 'system-error']);
const OVER: ReadonlySet<string> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** Twilio may add parameters at any time, so only what is used is checked. */
const callParameters = z.object({
  CallSid: z.string().regex(CALL_SID),
  CallStatus: z.string().optional(),
  DialCallStatus: z.string().optional(),
  QueueResult: z.string().optional(),
});

/** What Twilio asks over HTTP: `POST /twilio/voice`, `/twilio/stream-ended`, `/twilio/status`. */
export function twilioWebhooks({ settings, human, calls, tokens, metrics, logger }: WebhookOptions): Router {
  const router = Router();
  /** A caller whom no agent can serve gets a human, or at least a sentence. */
  const elsewhere = (callSid: string): AfterCall =>
    human === undefined
      ? { verb: 'say', text: SORRY }
      : leadingTo(noted(human, { callSid, agent: settings.AGENT, reason: 'no-agent', turns: 0 }));
  const base = (request: express.Request): string => baseUrlOf(settings.PUBLIC_URL, request);

  const signed: RequestHandler = (request, _response, next) => {
    const token = settings.TWILIO_AUTH_TOKEN;
    if (token === undefined || isSigned(request, token, `${base(request)}${request.originalUrl}`, request.body))
      return next();
    metrics.refused('signature');
    throw new HttpError(
      403,
      'the request is not signed by Twilio for this URL',
      'Check TWILIO_AUTH_TOKEN, and that PUBLIC_URL is exactly the origin that is configured at Twilio.',
    );
  };
  const form = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 200 });
  router.use(form, signed);

  router.post('/voice', (request, response) => {
    const { CallSid } = parametersOf(request);
    const admission = calls.admit(CallSid);
    response.type('text/xml');
    if (admission === 'open') {
      logger.info('call announced', { callSid: CallSid });
      response.send(streamDocument({ baseUrl: base(request), token: tokens.issue(CallSid) }));
      return;
    }
    logger.warn('call not taken', { callSid: CallSid, why: admission });
    metrics.refused(admission);
    response.send(afterCallDocument(elsewhere(CallSid), base(request)));
  });

  router.post('/stream-ended', async (request, response) => {
    const { CallSid, CallStatus, DialCallStatus, QueueResult } = parametersOf(request);
    response.type('text/xml');
    if (DialCallStatus !== undefined) {
      const answered = ANSWERED.has(DialCallStatus);
      response.send(afterCallDocument(answered ? { verb: 'hangUp' } : { verb: 'say', text: SORRY }, base(request)));
      return;
    }
    if (QueueResult !== undefined) {
      // While the two are being bridged, a document with a verb would part them.
      const unserved = QUEUE_LEFT_UNSERVED.has(QueueResult);
      response.send(unserved ? afterCallDocument({ verb: 'say', text: SORRY }, base(request)) : nothingMore());
      return;
    }
    calls.giveUp(CallSid);
    const next = await calls.outcomeOf(CallSid, OUTCOME_WAIT_MS);
    if (!next) logger.error('a stream ended without an outcome', { callSid: CallSid, status: CallStatus });
    response.send(afterCallDocument(next ?? elsewhere(CallSid), base(request)));
  });

  router.post('/status', (request, response) => {
    const { CallSid, CallStatus } = parametersOf(request);
    if (CallStatus !== undefined && OVER.has(CallStatus)) {
      calls.giveUp(CallSid);
      calls.get(CallSid)?.send({ type: 'line.stopped' });
    }
    response.status(204).end();
  });

  return router;
}

function parametersOf(request: express.Request): z.output<typeof callParameters> {
  const parsed = callParameters.safeParse(request.body ?? {});
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new HttpError(
    400,
    `missing or wrong parameter: ${names}`,
    'This address is for Twilio’s webhooks: CallSid is CA and 32 hexadecimal digits.',
  );
}
