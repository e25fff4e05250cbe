import type { DialOutcome } from './outcomes.ts';

/** How a call came to its end. */
export type EndReason =
  | 'caller hung up'
  | 'hangup verb'
  | 'document ended'
  | 'rejected'
  | 'dialled'
  | 'enqueued'
  | 'completed over REST'
  | 'application error';

/** Twilio's call states. */
export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

/** Who ended a media stream: the phone (hang-up or a new document), the server (close frame), or nobody (it broke). */
export type StreamEnder = 'phone' | 'server' | 'failure';

/** Everything that happens in a call, as seen by the carrier and the caller. All of it is kept in the timeline. */
export type PhoneEvent =
  | { readonly type: 'webhook'; readonly url: string; readonly status: number }
  | {
      readonly type: 'streamStarted';
      readonly streamSid: string;
      readonly customParameters: Readonly<Record<string, string>>;
    }
  | { readonly type: 'streamEnded'; readonly streamSid: string; readonly by: StreamEnder }
  /** The first sound of the agent after silence reaches the caller's ear. */
  | { readonly type: 'agentAudio' }
  /** The agent's last sound was heard; reported once the pause is long enough, timed at its beginning. */
  | { readonly type: 'agentSilent' }
  /** The caller's first sound after silence. */
  | { readonly type: 'callerAudio' }
  | { readonly type: 'callerSilent' }
  /** `played` is false for a mark that came back because of a clear. The wire does not tell; the phone knows. */
  | { readonly type: 'mark'; readonly name: string; readonly played: boolean }
  /** The server's `clear`: how much sound the caller will never hear, and the marks that came back because of it. */
  | { readonly type: 'clear'; readonly droppedMs: number; readonly marks: readonly string[] }
  | { readonly type: 'dtmf'; readonly digit: string }
  /** Verbs that Twilio itself carries out. */
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'play'; readonly url: string }
  | { readonly type: 'pause'; readonly seconds: number }
  | { readonly type: 'gather'; readonly digits: string }
  | { readonly type: 'redirect'; readonly url: string }
  | { readonly type: 'dial'; readonly targets: readonly DialTarget[]; readonly outcome: DialOutcome }
  /** `queue` is a name, or a workflow's SID; a workflow's caller is a task with these attributes. */
  | { readonly type: 'enqueue'; readonly queue: string; readonly task?: Readonly<Record<string, unknown>> }
  /** What Twilio's debugger would show. */
  | { readonly type: 'warning'; readonly code: number; readonly message: string }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly status: CallStatus };

/** A noun of `<Dial>`: a phone number, a conference or a queue. */
export interface DialTarget {
  readonly kind: 'number' | 'conference' | 'queue';
  readonly name: string;
}

export type PhoneEventType = PhoneEvent['type'];
export type PhoneEventOf<T extends PhoneEventType> = Extract<PhoneEvent, { readonly type: T }>;
