import type { Addresses } from './addresses.ts';
import type { CallIdentity } from './call-identity.ts';
import type { Clock } from './clock.ts';
import type { Deliveries } from './deliveries.ts';
import type { PhoneOptions } from './phone-options.ts';
import type { Recorder } from './recorder.ts';
import type { CallerAudio } from './stream/caller-audio.ts';
import type { MediaStream } from './stream/media-stream.ts';
import type { Timeline } from './timeline.ts';
import type { FormParameters } from './webhooks.ts';

/** What the verbs of a document work on. */
export interface CallContext {
  readonly options: PhoneOptions;
  readonly addresses: Addresses;
  readonly identity: CallIdentity;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly recorder: Recorder;
  readonly caller: CallerAudio;
  readonly deliveries: Deliveries;
  /** The stream that the caller talks to; undefined while Twilio itself has the floor. */
  stream: MediaStream | undefined;
  /** The standard parameters, with the present call status. */
  parameters(): FormParameters;
}
