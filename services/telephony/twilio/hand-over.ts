import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { HandOverVerb } from '../../../machines/call/output.ts';

/** What Twilio takes for the name of a queue: up to 64 characters. @see https://www.twilio.com/docs/voice/twiml/enqueue */
export const QUEUE_NAME = /^[^\p{Cc}]{1,64}$/u;

const WORKFLOW_SID = /^WW[0-9a-f]{32}$/i;

/**
 * Adds the verb that brings a caller to somebody else: `<Dial>`, or `<Enqueue>`.
 *
 * A workflow of TaskRouter is told of the caller by the attributes of a task; its queue bears the workflow's SID and needs
 * no name. A plain queue has no place for them.
 *
 * @param action absolute URL that Twilio asks what to do once the caller is left alone again, or nobody could be reached
 * @see https://www.twilio.com/docs/taskrouter/twiml-queue-calls
 */
export function handOver(document: VoiceResponse, next: HandOverVerb, action: string): void {
  const asking = { action, method: 'POST' };
  if (next.verb === 'dial') document.dial(asking).number(next.number);
  else if (!WORKFLOW_SID.test(next.queue)) document.enqueue(asking, next.queue);
  else document.enqueue({ ...asking, workflowSid: next.queue }).task(JSON.stringify(next.note ?? {}));
}
