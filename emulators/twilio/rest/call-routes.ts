import type { Request, Response, Router } from 'express';
import type { CallStatus } from '../call-events.ts';
import type { PhoneOptions } from '../phone-options.ts';
import { newSid } from '../sid.ts';
import { callResource } from './call-resource.ts';
import { CALL_NOT_IN_PROGRESS, notFound, sendError } from './errors.ts';
import { type CallRequest, isRestError, readCreate, readUpdate } from './parameters.ts';
import { QueuedCall } from './queued-call.ts';
import type { CallRegistry, ControllableCall } from './registry.ts';

/** What `placeCall` needs to pick an outbound call up. */
export type RingingCall = PhoneOptions & Required<Pick<PhoneOptions, 'callSid'>>;

export interface CallRoutesOptions {
  readonly accountSid: string;
  readonly registry: CallRegistry;
  readonly ring?: ((call: RingingCall) => void) | undefined;
}

const ENDED: ReadonlySet<CallStatus> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** `Calls.json` and `Calls/{sid}.json`. @see https://www.twilio.com/docs/voice/api/call-resource */
export function addCallRoutes(router: Router, { accountSid, registry, ring }: CallRoutesOptions): void {
  router.post('/Calls.json', (request, response) => {
    const asked = readCreate(request.body);
    if (isRestError(asked)) return sendError(response, asked);
    const callSid = newSid('CA');
    const { From: from, To: to } = asked;
    const call = new QueuedCall({ callSid, accountSid, from, to, direction: 'outbound-api', createdAt: new Date() });
    registry.add(call);
    response.status(201).json(callResource(call.facts));
    if (ring !== undefined) setImmediate(() => ring({ ...phoneOptions(asked), accountSid, callSid, registry }));
  });
  router.get('/Calls/:file', (request, response) => {
    const call = findCall(request, registry);
    if (call === undefined) sendError(response, notFound(request.originalUrl));
    else response.json(callResource(call.facts));
  });
  router.post('/Calls/:file', (request, response) => {
    const call = findCall(request, registry);
    if (call === undefined) sendError(response, notFound(request.originalUrl));
    else updateCall(call, request, response);
  });
}

function findCall({ params }: Request, registry: CallRegistry): ControllableCall | undefined {
  const { file } = params;
  return typeof file === 'string' && file.endsWith('.json') ? registry.find(file.slice(0, -5)) : undefined;
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

/** With both `Url` and `Twiml` the URL wins. */
function phoneOptions(asked: CallRequest): PhoneOptions {
  const { Url, Twiml, FallbackUrl, StatusCallback, StatusCallbackEvent, AsyncAmd, AsyncAmdStatusCallback } = asked;
  return {
    url: Url ?? 'http://127.0.0.1',
    ...(Url === undefined && Twiml !== undefined ? { twiml: Twiml } : {}),
    method: asked.Method,
    from: asked.From,
    to: asked.To,
    direction: 'outbound-api',
    ...(FallbackUrl === undefined ? {} : { fallbackUrl: FallbackUrl }),
    ...(StatusCallback === undefined ? {} : { statusCallback: { url: StatusCallback, events: StatusCallbackEvent } }),
    ...(AsyncAmd === 'true' && AsyncAmdStatusCallback !== undefined
      ? { asyncMachineDetection: { url: AsyncAmdStatusCallback } }
      : {}),
  };
}
