import type { Actor, ActorOptions } from 'xstate';
import { JOURNAL_VERSION, type JournalHeader } from '../journal/entry.ts';
import { chartFingerprint } from '../journal/fingerprint.ts';
import { recordCall } from '../journal/recorder.ts';
import type { CallBrief } from '../machines/call/brief.ts';
import { connectCall } from '../machines/call/connect-call.ts';
import type { Digit, LineEvent, OperatorEvent } from '../machines/call/events.ts';
import type { callMachine } from '../machines/call/machine.ts';
import type { AfterCall } from '../machines/call/output.ts';
import type { CallPorts } from '../machines/call/ports.ts';
import { KeptCallerAudio } from '../services/telephony/caller-audio.ts';
import { CarrierPlayout } from '../services/telephony/playout.ts';
import type { StreamListener, TwilioStream } from '../services/telephony/twilio/stream.ts';
import { measureCall } from './call-meter.ts';
import type { JournalFile } from './journal-file.ts';
import type { Logger } from './logging.ts';
import type { Metrics } from './metrics.ts';
import { supervise } from './supervise.ts';
import { type CallObserver, watchCall } from './watch-call.ts';

/** What times the waits of a chart. */
export type CallClock = NonNullable<ActorOptions<typeof callMachine>['clock']>;

/** The ports that do not hang on the stream. */
export type EnginesOfCall = Omit<CallPorts, 'callerAudio' | 'playout'>;

export interface CallSessionOptions {
  readonly stream: TwilioStream;
  readonly brief: CallBrief;
  readonly engines: EnginesOfCall;
  readonly journal: JournalFile;
  readonly metrics: Metrics;
  /** Names the call on each line. */
  readonly logger: Logger;
  /** Monotonic clock (ms). */
  readonly now: () => number;
  /** Wall clock. */
  readonly date: () => Date;
  /** The timers of the chart and its children. Default: those of the process. */
  readonly clock?: CallClock;
  /** Makes the call's actor. Default: {@link connectCall} */
  readonly connect?: typeof connectCall;
  /** The call is over. Called once, before its stream is closed, so that Twilio's next question finds the answer. */
  onEnded(session: CallSession, outcome: CallOutcome): void;
}

/** How a call ended, as far as its caller is concerned. */
export interface CallOutcome {
  /** What the call decided about its caller; undefined when it crashed. */
  readonly next: AfterCall | undefined;
  /** The caller is still there: Twilio will ask the `<Connect action>` as soon as the stream is closed. */
  readonly callerWaits: boolean;
}

/** A live call as the console shows it. */
export interface CallState {
  readonly callSid: string;
  readonly agent: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** The chart's active states. */
  readonly state: unknown;
}

const INTERNAL_ERROR = 1011;

/** The chart's fingerprint is the same for every call of a process. */
let chart: string | undefined;

/**
 * One live call: ties a media stream to the actor of its chart, in its own actor system, and frees everything at the end.
 *
 * Whatever ends the call goes one way: the chart reaches its end, or crashes; then the outcome is told, the stream is
 * closed and Twilio asks the `<Connect action>` what to do with the caller.
 */
export class CallSession implements StreamListener {
  readonly callSid: string;
  /** Resolves when the call is over and its outcome was told. */
  readonly ended: Promise<void>;
  /** Resolves when nothing of the call is left and its journal is on the disk. */
  readonly released: Promise<void>;
  readonly #options: CallSessionOptions;
  readonly #callerAudio = new KeptCallerAudio();
  readonly #playout: CarrierPlayout;
  readonly #actor: Actor<typeof callMachine>;
  readonly #detach: (() => void)[];
  readonly #startedAt: Date;
  readonly #startedMs: number;
  #end = (): void => {};
  #release = (): void => {};
  #over = false;

  constructor(options: CallSessionOptions) {
    const { stream, brief, engines, journal, metrics, logger, now, date, clock, connect = connectCall } = options;
    this.callSid = brief.callSid;
    this.#options = options;
    this.#startedAt = date();
    this.#startedMs = now();
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.released = new Promise((resolve) => {
      this.#release = resolve;
    });
    this.#playout = new CarrierPlayout({ wire: stream, now, audioClock: () => stream.audioMs });
    const actor = connect(
      { ...engines, callerAudio: this.#callerAudio, playout: this.#playout },
      { input: brief, id: brief.callSid, ...(clock && { clock }) },
    );
    this.#actor = actor;
    journal.write(JSON.stringify(this.#journalHeader()));
    const hurt = (what: string) => (error: unknown) => logger.error(`${what} failed; the call goes on`, { error });
    this.#detach = [
      recordCall(actor, { now, write: journal.write, later: setImmediate, onError: hurt('the journal') }),
      measureCall(actor, {
        answered: (latencyMs) => metrics.answered(latencyMs),
        interrupted: () => metrics.interrupted(),
        guessed: (outcome, characters) => metrics.guessed(outcome, characters),
        onError: hurt('measuring'),
      }),
    ];
    supervise(actor, (error) => this.#crashed(error));
    // XState reports a crash as uncaught as soon as one observer has no `error`, whatever the others do.
    actor.subscribe({ complete: () => this.#completed(), error: () => {} });
  }

  /** Begins the call: the agent greets. */
  start(): void {
    this.#options.logger.info('call started', { agent: this.#options.brief.agent });
    this.#actor.start();
  }

  /** Tells the chart what the line, or an operator, did. Does nothing once the call is over. */
  send(event: LineEvent | OperatorEvent): void {
    if (!this.#over) this.#actor.send(event);
  }

  /** Lets somebody look on. Before {@link start} he sees everything, later what comes. @returns stops it */
  watch(observer: CallObserver): () => void {
    return watchCall(this.#actor, observer, (error) => this.#options.logger.error('an observer failed', { error }));
  }

  /** Ends a call that does not end by itself, at shutdown. */
  terminate(): void {
    this.#options.stream.terminate();
  }

  state(): CallState {
    return {
      callSid: this.callSid,
      agent: this.#options.brief.agent,
      startedAt: this.#startedAt.toISOString(),
      durationMs: Math.round(this.#options.now() - this.#startedMs),
      state: this.#actor.getSnapshot().value,
    };
  }

  audio(mulaw: Uint8Array): void {
    this.#callerAudio.write(mulaw);
    this.#playout.tick();
  }

  digit(digit: Digit): void {
    this.send({ type: 'line.dtmf', digit });
  }

  markReturned(name: string): void {
    if (!this.#playout.markReturned(name))
      this.#options.logger.debug('a mark came back that was not under way', { name });
  }

  stopped(): void {
    this.send({ type: 'line.stopped' });
  }

  closed(how: 'clean' | 'dropped'): void {
    if (!this.#over && how === 'dropped') this.#options.logger.warn('the stream dropped before the call ended');
    this.send({ type: 'line.dropped' });
  }

  #completed(): void {
    const { output } = this.#actor.getSnapshot();
    this.#finish(output?.reason ?? 'crashed', output?.next);
  }

  #crashed(error: unknown): void {
    this.#options.logger.error('the call crashed', { error });
    this.#finish('crashed', undefined);
  }

  #finish(reason: string, next: AfterCall | undefined): void {
    if (this.#over) return;
    this.#over = true;
    const { stream, journal, metrics, logger, now, onEnded } = this.#options;
    metrics.callEnded(reason);
    logger.info('call ended', { reason, next: next?.verb, durationMs: Math.round(now() - this.#startedMs) });
    this.#playout.close();
    onEnded(this, { next, callerWaits: stream.isLive });
    this.#end();
    if (reason === 'crashed') stream.close(INTERNAL_ERROR, 'the call crashed');
    else stream.close();
    // The last event's snapshot is inspected after its observers were told: the journal is closed behind it.
    queueMicrotask(() => {
      for (const detach of this.#detach) detach();
      void journal.close().then(this.#release);
    });
  }

  #journalHeader(): JournalHeader {
    chart ??= chartFingerprint();
    const { callSid, agent } = this.#options.brief;
    return { journal: JOURNAL_VERSION, callSid, agent, startedAt: this.#startedAt.toISOString(), chart };
  }
}
