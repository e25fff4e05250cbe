import { BYTES_PER_MS, MulawFramer } from '../../codecs/framing.ts';
import type { Sentence } from './heard-ledger.ts';

/** Audio of one stretch that is kept at most until it was heard (bytes): a minute, longer than anybody listens to. */
const MAXIMUM_RETAINED_BYTES = 60_000 * BYTES_PER_MS;

/** What waits to be sent behind all frames before it: a sentence's mark, or, without a sentence, the mark of the end. */
export interface WaitingMark {
  readonly name: string;
  readonly sentence: Sentence | undefined;
}

/**
 * A stretch of speech: everything of one epoch, cut into frames and marks that wait here for the line.
 *
 * A sentence's own audio is kept until it was heard, at most a minute of it in all: a sentence that would exceed this is not
 * kept at all. What is kept are references to what was written, never copies.
 */
export class Stretch {
  readonly epoch: number;
  readonly sentences: Sentence[] = [];
  /**
   * held: must not sound yet · preparing: nothing on the wire yet · sounding · starved: all played, more to come ·
   * finished: all heard.
   */
  phase: 'held' | 'preparing' | 'sounding' | 'starved' | 'finished';
  #ended = false;
  readonly #framer = new MulawFramer();
  /** Only items from `#head` on still wait. The frames before a sentence's mark are that sentence's. */
  readonly #waiting: (Uint8Array | WaitingMark)[] = [];
  #head = 0;
  /** Sentences whose mark left the queue. */
  #marked = 0;
  #retainedBytes = 0;
  readonly #enqueue = (item: Uint8Array | WaitingMark): void => {
    this.#waiting.push(item);
  };

  constructor(epoch: number, phase: 'held' | 'preparing') {
    this.epoch = epoch;
    this.phase = phase;
  }

  /** No more sentences will be written. */
  get ended(): boolean {
    return this.#ended;
  }

  /** All sentences so far were heard to their end. */
  get heardSoFar(): boolean {
    return this.sentences.every(({ heard }) => heard);
  }

  /** What is to be sent next; undefined when nothing waits. */
  get next(): Uint8Array | WaitingMark | undefined {
    return this.#waiting[this.#head];
  }

  /** Takes audio for the open sentence of this index; a higher index completes the sentence before it. */
  write(index: number, mulaw: Uint8Array): void {
    const sentence = this.#open(index);
    if (!sentence) return;
    sentence.writtenBytes += mulaw.length;
    if (sentence.audio) {
      sentence.audio.push(mulaw);
      this.#retainedBytes += mulaw.length;
      if (this.#retainedBytes > MAXIMUM_RETAINED_BYTES) this.#forget(sentence);
    }
    this.#framer.push(mulaw, this.#enqueue);
  }

  endSentence(index: number): void {
    const sentence = this.#open(index);
    if (sentence) this.#complete(sentence);
  }

  end(): void {
    const last = this.sentences.at(-1);
    if (last && !last.complete) this.#complete(last);
    this.#ended = true;
    if (!this.heardSoFar) this.#enqueue({ name: `e${this.epoch}.end`, sentence: undefined });
  }

  /** {@link next} is being sent: it waits no more, and a frame of `ms` counts as sent of its sentence. */
  take(ms: number): void {
    const item = this.next;
    if (item === undefined) return;
    const sentence = this.sentences[this.#marked];
    if (!ArrayBuffer.isView(item)) this.#marked += 1;
    else if (sentence) sentence.sentMs += ms;
    this.#head += 1;
    if (this.#head < this.#waiting.length && this.#head < 1000) return;
    this.#waiting.splice(0, this.#head);
    this.#head = 0;
  }

  /** The caller heard this sentence to its end: nothing of it is kept any more. */
  markHeard(sentence: Sentence): void {
    sentence.heard = true;
    this.#forget(sentence);
  }

  /** The open sentence of this index; a new one completes the one before it, a complete one takes nothing more. */
  #open(index: number): Sentence | undefined {
    const last = this.sentences.at(-1);
    if (last && index <= last.index) return index === last.index && !last.complete ? last : undefined;
    if (last && !last.complete) this.#complete(last);
    const sentence: Sentence = { index, writtenBytes: 0, sentMs: 0, complete: false, heard: false, audio: [] };
    this.sentences.push(sentence);
    return sentence;
  }

  #complete(sentence: Sentence): void {
    sentence.complete = true;
    this.#framer.flush(this.#enqueue);
    this.#enqueue({ name: `e${this.epoch}.s${sentence.index}`, sentence });
  }

  #forget(sentence: Sentence): void {
    if (!sentence.audio) return;
    this.#retainedBytes -= sentence.writtenBytes;
    sentence.audio = undefined;
  }
}
