import { Addresses } from './addresses.ts';
import type { CallContext } from './call-context.ts';
import type { CallStatus, PhoneEventOf, PhoneEventType } from './call-events.ts';
import { CallFailure } from './call-failure.ts';
import { type CallIdentity, identify, standardParameters } from './call-identity.ts';
import { monotonicClock } from './clock.ts';
import { Deliveries } from './deliveries.ts';
import { dtmfTone, isKey } from './dtmf-tone.ts';
import { announceVerdict } from './machine-detection.ts';
import type { PhoneOptions } from './phone-options.ts';
import { Recorder } from './recorder.ts';
import type { CallChange, CallFacts, ControllableCall } from './rest/registry.ts';
import { StatusCallbacks } from './status-callbacks.ts';
import { type AudioFate, CallerAudio } from './stream/caller-audio.ts';
import { Timeline, type TimelineEntry } from './timeline.ts';
import type { TwimlDocument } from './twiml/document.ts';
import { Documents } from './twiml/documents.ts';
import { parseTwiml } from './twiml/parse.ts';
import { TwimlRunner } from './twiml/runner.ts';
import type { Step } from './twiml/step.ts';
import { Webhooks } from './webhooks.ts';

/** One telephone call: the caller's hands and ears, and everything that the carrier did meanwhile. */
export class PhoneCall implements ControllableCall {
  readonly #options: PhoneOptions;
  readonly #identity: CallIdentity;
  readonly #context: CallContext;
  readonly #documents: Documents;
  readonly #runner: TwimlRunner;
  readonly #statusCallbacks: StatusCallbacks;
  readonly #createdAt = new Date();
  #withdrawVerdict = (): void => {};
  #status: CallStatus = 'ringing';
  #answeredAt: Date | undefined;
  #endedAt: Date | undefined;

  /** @internal use `placeCall` */
  constructor(options: PhoneOptions) {
    const { clock = monotonicClock, faults = {}, authToken } = options;
    const timeline = new Timeline(clock);
    const addresses = new Addresses(options.url, options.publicOrigin);
    const webhooks = new Webhooks({
      authToken,
      badSignature: faults.badSignature === 'webhook' || faults.badSignature === 'everywhere',
      clock,
      toLocal: (url) => addresses.toLocal(url),
      onAnswer: (url, status) => timeline.record({ type: 'webhook', url, status }),
    });
    const deliveries = new Deliveries(webhooks, timeline);
    this.#options = options;
    this.#identity = identify(options);
    this.#context = {
      options,
      identity: this.#identity,
      clock,
      timeline,
      recorder: new Recorder({ keeps: options.record }),
      caller: new CallerAudio(),
      deliveries,
      stream: undefined,
      parameters: () => standardParameters(this.#identity, this.#status),
      addresses,
    };
    this.#documents = new Documents(webhooks, timeline, options.fallbackUrl);
    this.#runner = new TwimlRunner(this.#context, this.#documents);
    this.#statusCallbacks = new StatusCallbacks(
      options.statusCallback,
      this.#identity,
      deliveries,
      clock,
      faults.statusCallbacksReversed ?? false,
    );
  }

  get callSid(): string {
    return this.#identity.callSid;
  }

  /** Everything that happened, in ms since the first stream's start. */
  get timeline(): readonly TimelineEntry[] {
    return this.#context.timeline.entries;
  }

  /** What Twilio's debugger would show, so far. A server's deliberate close is among it, as 31921. */
  get warnings(): readonly PhoneEventOf<'warning'>[] {
    return this.#context.timeline.of('warning');
  }

  /** Both sides of the call as they were spoken and heard; see {@link Recorder}. */
  get recording(): Recorder {
    return this.#context.recorder;
  }

  /** How the call ended; resolves when all callbacks are delivered. */
  get ended(): Promise<PhoneEventOf<'ended'>> {
    return this.waitFor('ended');
  }

  get facts(): CallFacts {
    return {
      ...this.#identity,
      status: this.#status,
      createdAt: this.#createdAt,
      answeredAt: this.#answeredAt,
      endedAt: this.#endedAt,
    };
  }

  /** @returns unsubscribes */
  on<T extends PhoneEventType>(type: T, listener: (event: PhoneEventOf<T>) => void): () => void {
    return this.#context.timeline.on(type, listener);
  }

  /** Each timeline entry as it is made. @returns unsubscribes */
  onEvery(listener: (entry: TimelineEntry) => void): () => void {
    return this.#context.timeline.onEvery(listener);
  }

  /** See {@link Timeline.next}: from now on. */
  next<T extends PhoneEventType>(type: T, where?: (event: PhoneEventOf<T>) => boolean): Promise<PhoneEventOf<T>> {
    return this.#context.timeline.next(type, where);
  }

  /** See {@link Timeline.waitFor}: past or to come. */
  waitFor<T extends PhoneEventType>(type: T, where?: (event: PhoneEventOf<T>) => boolean): Promise<PhoneEventOf<T>> {
    return this.#context.timeline.waitFor(type, where);
  }

  /**
   * The caller says this: µ-law, 8 kHz, any length, behind what is already queued. Waits for a stream when there is none.
   *
   * @returns resolves when the last byte is on the wire, or the call is over
   */
  sendAudio(mulaw: Uint8Array): Promise<AudioFate> {
    return this.#context.caller.push(mulaw);
  }

  /**
   * The caller presses a key.
   *
   * @param options `audible`: also sends its tone with the audio, as an old telephone does. Default false
   * @throws RangeError when there is no such key
   */
  dtmf(digit: string, { audible = false }: { readonly audible?: boolean } = {}): void {
    if (!isKey(digit)) throw new RangeError(`'${digit}' is no key of a telephone`);
    this.#context.timeline.record({ type: 'dtmf', digit });
    this.#context.stream?.dtmf(digit);
    if (audible) void this.sendAudio(dtmfTone(digit));
  }

  /** The caller hangs up. @returns resolves when the call is over and the server was told */
  hangUp(): Promise<PhoneEventOf<'ended'>> {
    this.#runner.interrupt({ kind: 'end', reason: 'caller hung up', status: 'completed' });
    return this.ended;
  }

  /** The media socket dies abruptly. The caller stays on the line: Twilio goes on with `action` or the next verb. */
  dropLine(): void {
    this.#context.stream?.drop();
  }

  /** Changes the running call as the REST API does. */
  update(change: CallChange): void {
    this.#runner.interrupt(stepOf(change));
  }

  /** Posts the voice webhook. @internal @throws CallFailure when neither it nor the fallback gave TwiML */
  async ring(): Promise<void> {
    this.#statusCallbacks.report('initiated');
    this.#statusCallbacks.report('ringing');
    const document = await this.#firstDocument();
    if (document.verbs[0]?.verb !== 'Reject') {
      this.#status = 'in-progress';
      this.#answeredAt = new Date();
      this.#statusCallbacks.report('in-progress');
      this.#withdrawVerdict = announceVerdict(this.#context);
    }
    // In a later turn, so that whoever awaits the call can listen before anything happens.
    setImmediate(() => void this.#run({ kind: 'document', document }));
  }

  async #run(first: Step): Promise<void> {
    const { caller, timeline, deliveries } = this.#context;
    const { reason, status } = await this.#runner.run(first);
    caller.close();
    this.#withdrawVerdict();
    this.#status = status;
    this.#endedAt = new Date();
    this.#statusCallbacks.report(status);
    await deliveries.settled();
    timeline.record({ type: 'ended', reason, status });
  }

  async #firstDocument(): Promise<TwimlDocument> {
    const { url, method = 'POST', twiml, faults = {} } = this.#options;
    if (twiml !== undefined) return parseTwiml(twiml, undefined);
    const request = { url: this.#context.addresses.toPublic(url), method, parameters: this.#context.parameters() };
    if (faults.duplicateWebhook) await this.#documents.fetch(request);
    return this.#documents.fetch(request);
  }
}

function stepOf(change: CallChange): Step {
  switch (change.kind) {
    case 'status':
      return { kind: 'end', reason: 'completed over REST', status: change.status };
    case 'url':
      return { kind: 'request', url: change.url, method: change.method, parameters: {} };
    case 'twiml':
      try {
        return { kind: 'document', document: parseTwiml(change.twiml, undefined) };
      } catch (error) {
        if (error instanceof CallFailure) return { kind: 'failed', failure: error };
        throw error;
      }
  }
}
