import { FRAME_MS, MulawFramer } from '../../codecs/framing.ts';
import type { Heard, PlayoutEvent } from '../../machines/call/events.ts';
import type { Playout } from '../../machines/call/ports.ts';
import { heardOf, type Sentence } from './heard-ledger.ts';
import { PlaybackClock } from './playback-clock.ts';

/** What a carrier understands. Every method is synchronous and never throws, also when the line is gone. */
export interface PlayoutWire {
  /** One frame: 20 ms, 160 bytes of µ-law. */
  media(frame: Uint8Array): void;
  /** Comes back through {@link CarrierPlayout.markReturned} once all sound before it was played, or was cleared. */
  mark(name: string): void;
  /** Throws away all sound that was not yet played. */
  clear(): void;
}

export interface CarrierPlayoutOptions {
  readonly wire: PlayoutWire;
  /** Monotonic clock (ms), for example `() => performance.now()`. */
  readonly now: () => number;
  /** The stream's audio clock: ms of caller audio received so far. Stamps `playout.started`. */
  readonly audioClock: () => number;
  /** Sound sent ahead of playback at most (ms); what is beyond waits here. Default 20,000. */
  readonly maximumLeadMs?: number;
}

/** A stretch of speech: everything of one epoch. */
interface Stretch {
  readonly epoch: number;
  readonly sentences: Sentence[];
  readonly framer: MulawFramer;
  /** preparing: nothing on the wire yet · sounding · starved: all played, more to come · finished: all heard. */
  phase: 'preparing' | 'sounding' | 'starved' | 'finished';
  /** No more sentences will be written. */
  ended: boolean;
}

/** A mark under way. `sentMs` is all sound sent on this line before it. */
interface Mark {
  readonly name: string;
  readonly stretch: Stretch;
  readonly sentence: Sentence | undefined;
  sentMs: number;
  /** A `clear` was sent behind it: its return says nothing about what was heard. */
  cleared: boolean;
}

type Waiting =
  | { readonly stretch: Stretch; readonly sentence: Sentence; readonly frame: Uint8Array }
  | { readonly mark: Mark };

/**
 * The agent's audio on its way to one caller: the {@link Playout} of the call chart over a carrier's media stream.
 *
 * Three laws: no frame goes out behind a frame of a higher epoch; after a cut not one older frame goes out and the
 * carrier's buffer is cleared; a sentence is heard only when its own mark came back and no `clear` was sent behind that mark.
 *
 * It has no timers: {@link tick}, called for each 20 ms of caller audio, drains what waits and notices silence.
 */
export class CarrierPlayout implements Playout {
  readonly #wire: PlayoutWire;
  readonly #audioClock: () => number;
  readonly #maximumLeadMs: number;
  readonly #clock: PlaybackClock;
  readonly #listeners = new Set<(event: PlayoutEvent) => void>();
  /** Only this epoch and higher may sound. */
  #gate = Number.NEGATIVE_INFINITY;
  #stretch: Stretch | undefined;
  /** Accepted and not on the wire yet, because playback is too far behind. */
  #waiting: Waiting[] = [];
  #marks: Mark[] = [];
  /** All sound ever sent, and how much of it is known to be played or thrown away (ms). */
  #sentMs = 0;
  #settledMs = 0;

  constructor({ wire, now, audioClock, maximumLeadMs = 20_000 }: CarrierPlayoutOptions) {
    this.#wire = wire;
    this.#audioClock = audioClock;
    this.#maximumLeadMs = maximumLeadMs;
    this.#clock = new PlaybackClock(now);
  }

  /** The memory of `mulaw` must not be written again: frames are views into it. */
  write(epoch: number, sentence: number, mulaw: Uint8Array): void {
    const stretch = this.#stretchOf(epoch);
    const open = stretch && this.#sentenceOf(stretch, sentence);
    if (!stretch || !open) return;
    open.writtenBytes += mulaw.length;
    stretch.framer.push(mulaw, (frame) => this.#release(stretch, open, frame));
  }

  endSentence(epoch: number, sentence: number): void {
    const stretch = this.#stretchOf(epoch);
    const open = stretch && this.#sentenceOf(stretch, sentence);
    if (stretch && open) this.#complete(stretch, open);
  }

  end(epoch: number): void {
    const stretch = this.#stretchOf(epoch);
    if (!stretch) return;
    const last = stretch.sentences.at(-1);
    if (last && !last.complete) this.#complete(stretch, last);
    if (this.#stretch !== stretch) return;
    stretch.ended = true;
    if (stretch.sentences.some(({ heard }) => !heard)) this.#sendMark(stretch, undefined, `e${epoch}.end`);
    else this.#finish(stretch);
  }

  cut(epoch: number): Heard | undefined {
    const stretch = this.#stretch;
    this.#gate = Math.max(this.#gate, epoch);
    this.#abandon();
    const heard =
      stretch && stretch.phase !== 'finished' ? heardOf(stretch.sentences, this.#clock.leadMs()) : undefined;
    if (this.#sentMs > this.#settledMs) {
      this.#wire.clear();
      this.#settledMs = this.#sentMs;
      this.#clock.cleared();
      for (const mark of this.#marks) mark.cleared = true;
    }
    if (stretch && heard) this.#emit({ type: 'playout.cut', epoch: stretch.epoch, heard });
    return heard;
  }

  subscribe(listener: (event: PlayoutEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * A mark came back from the carrier. Marks come back in order, so a mark that was skipped counts as returned.
   *
   * @returns false for a name that is not under way
   */
  markReturned(name: string): boolean {
    const at = this.#marks.findIndex((mark) => mark.name === name);
    for (const mark of this.#marks.splice(0, at + 1)) if (!mark.cleared) this.#settle(mark);
    return at >= 0;
  }

  /** 20 ms went by on the line. */
  tick(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if ('frame' in next && this.#clock.leadMs() >= this.#maximumLeadMs) break;
      this.#waiting.shift();
      if ('frame' in next) this.#transmit(next.stretch, next.sentence, next.frame);
      else this.#transmitMark(next.mark);
    }
    const stretch = this.#stretch;
    if (stretch?.phase !== 'sounding' || stretch.ended || this.#clock.leadMs() > 0) return;
    stretch.phase = 'starved';
    this.#emit({ type: 'playout.starved', epoch: stretch.epoch });
  }

  /** The line is gone: nothing sounds and nothing is told any more. */
  close(): void {
    this.#gate = Number.POSITIVE_INFINITY;
    this.#abandon();
    this.#marks = [];
    this.#listeners.clear();
  }

  /** The stretch that a write of this epoch belongs to; begins it when it is new. */
  #stretchOf(epoch: number): Stretch | undefined {
    if (epoch < this.#gate) return undefined;
    if (this.#stretch?.epoch === epoch) return this.#stretch.ended ? undefined : this.#stretch;
    this.#abandon();
    this.#gate = epoch;
    this.#stretch = { epoch, sentences: [], framer: new MulawFramer(), phase: 'preparing', ended: false };
    return this.#stretch;
  }

  /** The open sentence of this index; a new one completes the one before it, a complete one takes nothing more. */
  #sentenceOf(stretch: Stretch, index: number): Sentence | undefined {
    const last = stretch.sentences.at(-1);
    if (last && index <= last.index) return index === last.index && !last.complete ? last : undefined;
    if (last && !last.complete) this.#complete(stretch, last);
    if (this.#stretch !== stretch) return undefined;
    const sentence: Sentence = { index, writtenBytes: 0, sentMs: 0, complete: false, heard: false };
    stretch.sentences.push(sentence);
    return sentence;
  }

  #complete(stretch: Stretch, sentence: Sentence): void {
    sentence.complete = true;
    stretch.framer.flush((frame) => this.#release(stretch, sentence, frame));
    if (this.#stretch === stretch) this.#sendMark(stretch, sentence, `e${stretch.epoch}.s${sentence.index}`);
  }

  /** A listener may have cut the stretch while its earlier frames went out: the rest stays here. */
  #release(stretch: Stretch, sentence: Sentence, frame: Uint8Array): void {
    if (this.#stretch !== stretch) return;
    if (this.#waiting.length > 0 || this.#clock.leadMs() >= this.#maximumLeadMs)
      this.#waiting.push({ stretch, sentence, frame });
    else this.#transmit(stretch, sentence, frame);
  }

  #transmit(stretch: Stretch, sentence: Sentence, frame: Uint8Array): void {
    this.#wire.media(frame);
    this.#clock.sent(FRAME_MS);
    this.#sentMs += FRAME_MS;
    sentence.sentMs += FRAME_MS;
    const { epoch, phase } = stretch;
    if (phase === 'sounding') return;
    stretch.phase = 'sounding';
    if (phase === 'preparing') this.#emit({ type: 'playout.started', epoch, atMs: this.#audioClock() });
    else this.#emit({ type: 'playout.resumed', epoch });
  }

  #sendMark(stretch: Stretch, sentence: Sentence | undefined, name: string): void {
    const mark: Mark = { name, stretch, sentence, sentMs: 0, cleared: false };
    if (this.#waiting.length === 0) this.#transmitMark(mark);
    else this.#waiting.push({ mark });
  }

  #transmitMark(mark: Mark): void {
    mark.sentMs = this.#sentMs;
    this.#marks.push(mark);
    this.#wire.mark(mark.name);
  }

  #settle({ stretch, sentence, sentMs }: Mark): void {
    this.#settledMs = Math.max(this.#settledMs, sentMs);
    this.#clock.confirmed(this.#sentMs - sentMs);
    if (this.#stretch !== stretch || !sentence) return;
    sentence.heard = true;
    this.#emit({ type: 'playout.heard', epoch: stretch.epoch, sentence: sentence.index });
    if (this.#stretch === stretch && stretch.ended && stretch.sentences.every(({ heard }) => heard))
      this.#finish(stretch);
  }

  #finish(stretch: Stretch): void {
    stretch.phase = 'finished';
    this.#emit({ type: 'playout.finished', epoch: stretch.epoch });
  }

  /** Forgets the stretch under way and all that it still had to send. */
  #abandon(): void {
    this.#stretch = undefined;
    this.#waiting = [];
  }

  #emit(event: PlayoutEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
