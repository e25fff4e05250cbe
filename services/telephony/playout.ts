import { FRAME_MS } from '../../codecs/framing.ts';
import type { PlayoutEvent } from '../../machines/call/events.ts';
import type { Playout } from '../../machines/call/ports.ts';
import { CarrierLine, type PlayoutWire } from './carrier-line.ts';
import { heardOf, retainedOf } from './heard-ledger.ts';
import { audioFrom } from './resumption.ts';
import { Stretch, type WaitingMark } from './stretch.ts';

export interface CarrierPlayoutOptions {
  readonly wire: PlayoutWire;
  /** Monotonic clock (ms), for example `() => performance.now()`. */
  readonly now: () => number;
  /** The stream's audio clock: ms of caller audio received so far. Stamps `playout.started`. */
  readonly audioClock: () => number;
  /** Sound sent ahead of playback at most (ms); what is beyond waits here. Default 20,000. */
  readonly maximumLeadMs?: number;
}

/**
 * The agent's audio on its way to one caller: the {@link Playout} of the call chart over a carrier's media stream.
 *
 * Four laws: no frame goes out behind a frame of a higher epoch; after a cut not one older frame goes out and the carrier's
 * buffer is cleared; a sentence is heard only when its own mark came back and no `clear` was sent behind that mark; nothing
 * of a held epoch goes out, and nothing is told of it.
 *
 * It has no timers: {@link tick}, called for each 20 ms of caller audio, sends what waits and notices silence.
 */
export class CarrierPlayout implements Playout {
  readonly #line: CarrierLine;
  readonly #audioClock: () => number;
  readonly #maximumLeadMs: number;
  readonly #listeners = new Set<(event: PlayoutEvent) => void>();
  /** Only this epoch and higher may sound. */
  #gate = Number.NEGATIVE_INFINITY;
  #stretch: Stretch | undefined;
  /** The unheard sentences of the stretch that was cut last, until another begins. */
  #retained: readonly (readonly Uint8Array[])[] = [];

  constructor({ wire, now, audioClock, maximumLeadMs = 20_000 }: CarrierPlayoutOptions) {
    this.#line = new CarrierLine(wire, now);
    this.#audioClock = audioClock;
    this.#maximumLeadMs = maximumLeadMs;
  }

  /** The memory of `mulaw` must not be written again: frames, and what is retained at a cut, are views into it. */
  write(epoch: number, sentence: number, mulaw: Uint8Array): void {
    const stretch = this.#open(epoch);
    if (!stretch) return;
    stretch.write(sentence, mulaw);
    this.#send(stretch);
  }

  endSentence(epoch: number, sentence: number): void {
    const stretch = this.#open(epoch);
    if (!stretch) return;
    stretch.endSentence(sentence);
    this.#send(stretch);
  }

  end(epoch: number): void {
    const stretch = this.#open(epoch);
    if (!stretch) return;
    stretch.end();
    this.#send(stretch);
    this.#finishWhenHeard(stretch);
  }

  /**
   * The sentences that were not heard to their end are retained for {@link replay}, those of a stretch that was still held
   * are not: of it `playout.cut` reports that nothing was heard.
   */
  cut(epoch: number): void {
    const stretch = this.#stretch;
    this.#gate = Math.max(this.#gate, epoch);
    this.#stretch = undefined;
    const sounding = stretch && stretch.phase !== 'held' ? stretch.sentences : [];
    const heard = heardOf(sounding, this.#line.leadMs);
    this.#line.clear();
    if (!stretch || stretch.phase === 'finished') return;
    this.#retained = retainedOf(sounding);
    this.#emit({ type: 'playout.cut', epoch: stretch.epoch, heard });
  }

  /**
   * Begins `epoch` silently: what is written of it is framed and waits, marks included, and no event tells of it, not even
   * `playout.finished` when it ends empty. Does nothing for an epoch below the gate, and for one that has begun.
   */
  hold(epoch: number): void {
    if (this.#mayBegin(epoch)) this.#begin(epoch, 'held');
  }

  /**
   * Sends what waits of the held epoch, as far as the lead allows, and tells of it from here on; when it ended empty, that
   * it is finished. Does nothing for an epoch that is not held.
   */
  release(epoch: number): void {
    const stretch = this.#stretch;
    if (stretch?.epoch !== epoch || stretch.phase !== 'held') return;
    stretch.phase = 'preparing';
    this.#send(stretch);
    this.#finishWhenHeard(stretch);
  }

  /**
   * Each retained sentence is played to its end, with its mark. The first begins at a quiet point up to 200 ms before
   * `skipMs`, if there is one: see {@link audioFrom}. It then counts as a sentence of what is left of it: a later
   * `playout.cut` measures `playedMs` and `lengthMs`, and a later replay `skipMs`, from where this one began.
   *
   * Does nothing for an epoch below the gate, and for one that has begun.
   */
  replay(epoch: number, skipMs: number): void {
    if (!this.#mayBegin(epoch)) return;
    const retained = this.#retained;
    const stretch = this.#begin(epoch, 'preparing');
    for (const [index, audio] of retained.entries()) {
      for (const chunk of index === 0 ? audioFrom(audio, skipMs) : audio) stretch.write(index, chunk);
      stretch.endSentence(index);
    }
    this.#send(stretch);
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
    return this.#line.markReturned(name);
  }

  /** 20 ms went by on the line. */
  tick(): void {
    if (this.#stretch) this.#send(this.#stretch);
    const stretch = this.#stretch;
    if (stretch?.phase !== 'sounding' || stretch.ended || this.#line.leadMs > 0) return;
    stretch.phase = 'starved';
    this.#emit({ type: 'playout.starved', epoch: stretch.epoch });
  }

  /** The line is gone: nothing sounds, nothing is told and nothing is kept any more. */
  close(): void {
    this.#gate = Number.POSITIVE_INFINITY;
    this.#stretch = undefined;
    this.#retained = [];
    this.#line.close();
    this.#listeners.clear();
  }

  /** The stretch that takes a write of this epoch; begins it when it is new. */
  #open(epoch: number): Stretch | undefined {
    if (epoch < this.#gate) return undefined;
    const stretch = this.#stretch?.epoch === epoch ? this.#stretch : this.#begin(epoch, 'preparing');
    return stretch.ended ? undefined : stretch;
  }

  #mayBegin(epoch: number): boolean {
    return epoch >= this.#gate && this.#stretch?.epoch !== epoch;
  }

  /** Forgets the stretch under way and all that it still had to send. */
  #begin(epoch: number, phase: 'held' | 'preparing'): Stretch {
    this.#gate = epoch;
    this.#retained = [];
    this.#stretch = new Stretch(epoch, phase);
    return this.#stretch;
  }

  /** Sends what may be sent. A listener may cut the stretch at any frame: the rest then stays here. */
  #send(stretch: Stretch): void {
    while (this.#stretch === stretch && stretch.phase !== 'held') {
      const next = stretch.next;
      if (next === undefined) return;
      if (!ArrayBuffer.isView(next)) {
        stretch.take(0);
        this.#sendMark(stretch, next);
      } else if (this.#line.leadMs < this.#maximumLeadMs) {
        stretch.take(FRAME_MS);
        this.#sendFrame(stretch, next);
      } else return;
    }
  }

  #sendFrame(stretch: Stretch, frame: Uint8Array): void {
    this.#line.media(frame);
    const { epoch, phase } = stretch;
    if (phase === 'sounding') return;
    stretch.phase = 'sounding';
    if (phase === 'preparing') this.#emit({ type: 'playout.started', epoch, atMs: this.#audioClock() });
    else this.#emit({ type: 'playout.resumed', epoch });
  }

  #sendMark(stretch: Stretch, { name, sentence }: WaitingMark): void {
    this.#line.mark(name, () => {
      if (this.#stretch !== stretch || !sentence) return;
      stretch.markHeard(sentence);
      this.#emit({ type: 'playout.heard', epoch: stretch.epoch, sentence: sentence.index });
      this.#finishWhenHeard(stretch);
    });
  }

  #finishWhenHeard(stretch: Stretch): void {
    if (this.#stretch !== stretch || !stretch.ended || !stretch.heardSoFar) return;
    if (stretch.phase === 'held' || stretch.phase === 'finished') return;
    stretch.phase = 'finished';
    this.#emit({ type: 'playout.finished', epoch: stretch.epoch });
  }

  #emit(event: PlayoutEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
