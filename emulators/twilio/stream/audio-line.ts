import { BYTES_PER_MS } from '../../../codecs/framing.ts';
import type { Clock } from '../clock.ts';
import type { Recorder, RecordTrack } from '../recorder.ts';
import type { Timeline } from '../timeline.ts';
import { Cadence } from './cadence.ts';
import type { CallerAudio } from './caller-audio.ts';
import { PlaybackQueue } from './playback-queue.ts';
import { SoundDetector } from './sound-detector.ts';

export interface AudioLineOptions {
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly recorder: Recorder;
  readonly caller: CallerAudio;
  /** Of each frame that the caller sends. */
  readonly frameBytes: number;
  /** A pause longer than this is silence (ms). */
  readonly silenceMs: number;
  /** The caller's next frame; the timestamp is ms since the start. */
  readonly sendMedia: (frame: Uint8Array, timestampMs: number) => void;
  readonly sendMark: (name: string) => void;
}

/**
 * The sound of one stream, both ways, in real time: the caller's frames leave at their beat, the agent's audio is heard
 * at 8,000 bytes a second. Everything is timed by the sample that sounds now, counted from the line's making.
 */
export class AudioLine {
  readonly #options: AudioLineOptions;
  readonly #startedAt: number;
  readonly #record: RecordTrack;
  readonly #cadence: Cadence;
  readonly #playback: PlaybackQueue;
  readonly #agentEar: SoundDetector;
  readonly #callerEar: SoundDetector;
  #markTimer: unknown;

  constructor(options: AudioLineOptions) {
    const { clock, timeline, recorder, frameBytes, sendMark } = options;
    this.#options = options;
    this.#startedAt = clock.now();
    this.#record = recorder.track(this.#startedAt);
    this.#cadence = new Cadence(clock, frameBytes / BYTES_PER_MS, (n) => this.#tick(n));
    this.#agentEar = this.#detector('agentAudio', 'agentSilent');
    this.#callerEar = this.#detector('callerAudio', 'callerSilent');
    this.#playback = new PlaybackQueue({
      played: (fromSample, audio) => {
        this.#record('agent', fromSample, audio);
        this.#agentEar.hear(fromSample, audio);
      },
      marked: (name, atSample) => {
        timeline.record({ type: 'mark', name, played: true }, this.#clockAt(atSample));
        sendMark(name);
      },
    });
  }

  /** The caller begins to send: the first frame is due one frame's time after the line was made. */
  start(): void {
    this.#cadence.start(this.#startedAt);
  }

  /** Nobody hears anything any more; marks that are due by now are returned first. */
  stop(): void {
    this.#cadence.stop();
    this.#playback.advance(this.#now());
    this.#playback.clear(this.#now());
    this.#awaitMark();
    this.#callerEar.finish();
    this.#agentEar.finish();
  }

  /** Plays µ-law audio behind what is already queued. Keeps the bytes. */
  play(audio: Uint8Array): void {
    this.#playback.push(audio, this.#now());
  }

  /** Returns the mark when everything before it was heard. */
  mark(name: string): void {
    this.#playback.mark(name, this.#now());
    this.#awaitMark();
  }

  /** Forgets what was not heard yet and returns the pending marks at once. */
  clear(): void {
    const { timeline, sendMark } = this.#options;
    const { dropped, marks } = this.#playback.clear(this.#now());
    timeline.record({ type: 'clear', droppedMs: dropped / BYTES_PER_MS, marks });
    for (const name of marks) {
      timeline.record({ type: 'mark', name, played: false });
      sendMark(name);
    }
    this.#awaitMark();
  }

  #tick(n: number): void {
    const { caller, frameBytes, sendMedia } = this.#options;
    const fromSample = (n - 1) * frameBytes;
    const frame = new Uint8Array(frameBytes);
    caller.take(frame);
    this.#record('caller', fromSample, frame);
    this.#callerEar.hear(fromSample, frame);
    sendMedia(frame, (n * frameBytes) / BYTES_PER_MS);
    this.#playback.advance(this.#now());
    this.#agentEar.settle(this.#now());
  }

  /** Wakes up for the next mark, so that it returns when it falls due and not with the next frame. */
  #awaitMark(): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#markTimer);
    const due = this.#playback.nextMark;
    if (due === undefined) return;
    const wake = (): void => {
      this.#playback.advance(this.#now());
      this.#awaitMark();
    };
    this.#markTimer = clock.setTimeout(wake, Math.max(0, Math.ceil(this.#clockAt(due) - clock.now())));
  }

  #detector(started: 'agentAudio' | 'callerAudio', stopped: 'agentSilent' | 'callerSilent'): SoundDetector {
    const { timeline, silenceMs } = this.#options;
    return new SoundDetector(silenceMs * BYTES_PER_MS, {
      started: (sample) => timeline.record({ type: started }, this.#clockAt(sample)),
      stopped: (sample) => timeline.record({ type: stopped }, this.#clockAt(sample)),
    });
  }

  /** The sample that sounds now. */
  #now(): number {
    return Math.floor((this.#options.clock.now() - this.#startedAt) * BYTES_PER_MS);
  }

  #clockAt(sample: number): number {
    return this.#startedAt + sample / BYTES_PER_MS;
  }
}
