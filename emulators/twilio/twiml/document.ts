import type { z } from 'zod';
import type { DialTarget } from '../call-events.ts';
import type * as attributes from './verbs.ts';

export interface SayVerb extends z.infer<typeof attributes.sayAttributes> {
  readonly verb: 'Say';
  readonly text: string;
}

export interface PlayVerb extends z.infer<typeof attributes.playAttributes> {
  readonly verb: 'Play';
  readonly url: string;
}

export interface PauseVerb extends z.infer<typeof attributes.pauseAttributes> {
  readonly verb: 'Pause';
}

export interface ConnectVerb extends z.infer<typeof attributes.connectAttributes> {
  readonly verb: 'Connect';
  readonly stream: StreamNoun;
}

export interface StreamNoun extends z.infer<typeof attributes.streamAttributes> {
  /** From the `<Parameter>` nouns. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface DialVerb extends z.infer<typeof attributes.dialAttributes> {
  readonly verb: 'Dial';
  /** At least one. */
  readonly targets: readonly DialTarget[];
}

export interface EnqueueVerb extends z.infer<typeof attributes.enqueueAttributes> {
  readonly verb: 'Enqueue';
  /** Its name; the SID of the workflow, where there is one, because that is the name of its queue. */
  readonly queue: string;
  /** From the `<Task>` noun. */
  readonly task: Readonly<Record<string, unknown>> | undefined;
}

export interface GatherVerb extends z.infer<typeof attributes.gatherAttributes> {
  readonly verb: 'Gather';
  readonly prompts: readonly (SayVerb | PlayVerb | PauseVerb)[];
}

export interface RedirectVerb extends z.infer<typeof attributes.redirectAttributes> {
  readonly verb: 'Redirect';
  /** Empty: the current document again. */
  readonly url: string;
}

export interface HangupVerb {
  readonly verb: 'Hangup';
}

export interface RejectVerb extends z.infer<typeof attributes.rejectAttributes> {
  readonly verb: 'Reject';
}

export type Verb =
  | SayVerb
  | PlayVerb
  | PauseVerb
  | ConnectVerb
  | DialVerb
  | EnqueueVerb
  | GatherVerb
  | RedirectVerb
  | HangupVerb
  | RejectVerb;

/** What `<Response>` says, in order, and where it came from: relative URLs are resolved against `baseUrl`. */
export interface TwimlDocument {
  readonly verbs: readonly Verb[];
  /** Undefined for TwiML handed over by REST: URLs in it must be absolute. */
  readonly baseUrl: string | undefined;
}
