import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { AfterCall } from '../machines/call/output.ts';
import { handOver } from '../services/telephony/twilio/hand-over.ts';
import { socketUrl } from './public-url.ts';

/** Said in the carrier's own voice when no agent can. */
export const SORRY = 'We are sorry, our assistant cannot take your call at the moment. Please try again later.';

export interface StreamDocument {
  /** Origin under which Twilio reaches us, http(s). */
  readonly baseUrl: string;
  /** One-time token for the media socket. A query string would not arrive: it travels as a parameter. */
  readonly token: string;
}

/** Connects the caller to the media socket, and says whom to ask when the stream is over. */
export function streamDocument({ baseUrl, token }: StreamDocument): string {
  const document = new VoiceResponse();
  const connect = document.connect({ action: `${baseUrl}/twilio/stream-ended`, method: 'POST' });
  connect.stream({ url: `${socketUrl(baseUrl)}/twilio/media` }).parameter({ name: 'token', value: token });
  return document.toString();
}

/**
 * What becomes of a caller once the agent is done.
 *
 * A dial, or a queue, asks `/twilio/stream-ended` again when it is over, because the caller must not fall silent when
 * nobody answers.
 */
export function afterCallDocument(next: AfterCall, baseUrl: string): string {
  const document = new VoiceResponse();
  if (next.verb === 'dial' || next.verb === 'enqueue') handOver(document, next, `${baseUrl}/twilio/stream-ended`);
  else {
    if (next.verb === 'say') document.say(next.text);
    document.hangup();
  }
  return document.toString();
}

/** Nothing more: whoever has the caller keeps him, and otherwise the call ends. */
export const nothingMore = (): string => new VoiceResponse().toString();
