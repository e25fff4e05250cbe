import { ANSWERED } from '../outcomes.ts';
import { newSid } from '../sid.ts';
import type { DialVerb, EnqueueVerb } from './document.ts';
import { resolveUrl } from './resolve-url.ts';
import { CONTINUE, type Stage, type Step } from './step.ts';

/**
 * `<Dial>`: notes who was dialled and reports the outcome that the options name.
 *
 * With `action` the answer to that request takes over. Without, a call that was answered ends with the conversation, and
 * one that was not goes on with the next verb.
 *
 * @see https://www.twilio.com/docs/voice/twiml/dial
 */
export async function performDial({ targets, action, method }: DialVerb, { call, baseUrl }: Stage): Promise<Step> {
  const outcome = call.options.dialOutcome?.(targets) ?? ANSWERED;
  call.timeline.record({ type: 'dial', targets, outcome });
  const answered = outcome.status === 'completed';
  if (action === undefined) return answered ? { kind: 'end', reason: 'dialled', status: 'completed' } : CONTINUE;
  return {
    kind: 'request',
    url: resolveUrl(action, baseUrl),
    method,
    parameters: {
      DialCallStatus: outcome.status,
      DialCallSid: newSid('CA'),
      DialBridged: String(answered),
      ...(answered ? { DialCallDuration: String(outcome.durationSeconds) } : {}),
    },
  };
}

/**
 * `<Enqueue>`: an agent takes the caller at once, and the call ends with their conversation; `action`, if there is one,
 * is told the result that the options name.
 *
 * @see https://www.twilio.com/docs/voice/twiml/enqueue
 */
export async function performEnqueue(verb: EnqueueVerb, { call, baseUrl }: Stage): Promise<Step> {
  const { queue, task, action, method } = verb;
  const result = call.options.queueResult ?? 'bridged';
  call.timeline.record({ type: 'enqueue', queue, ...(task && { task }) });
  if (action !== undefined) {
    const parameters = { QueueResult: result, QueueSid: newSid('QU'), QueueTime: '0' };
    return { kind: 'request', url: resolveUrl(action, baseUrl), method, parameters };
  }
  return result === 'bridged' ? { kind: 'end', reason: 'enqueued', status: 'completed' } : CONTINUE;
}
