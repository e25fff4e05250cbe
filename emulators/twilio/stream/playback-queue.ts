/** Who hears what the queue plays. Samples are counted from the start of the stream, 8 a millisecond. */
export interface PlaybackSink {
  /** These µ-law bytes sounded, the first of them at `fromSample`. A view: copy it to keep it. */
  played(fromSample: number, audio: Uint8Array): void;
  /** Everything before this mark has sounded. */
  marked(name: string, atSample: number): void;
}

/**
 * The carrier's buffer of agent audio: whatever arrives, however fast, leaves at 8,000 bytes a second.
 *
 * Time is the sample number that its owner passes in, never decreasing. While the queue has sound the play position runs
 * without gaps, so the moment at which a mark falls due is known when it is queued.
 */
export class PlaybackQueue {
  readonly #sink: PlaybackSink;
  #audio: Uint8Array[] = [];
  #marks: { readonly name: string; readonly atSample: number }[] = [];
  #queued = 0;
  #position = 0;

  constructor(sink: PlaybackSink) {
    this.#sink = sink;
  }

  /** Sound that has not been played, in samples. */
  get queued(): number {
    return this.#queued;
  }

  /** When the next mark falls due. */
  get nextMark(): number | undefined {
    return this.#marks[0]?.atSample;
  }

  /** Appends sound; on an empty queue it begins at `now`. Takes ownership of the bytes. */
  push(audio: Uint8Array, now: number): void {
    this.advance(now);
    if (audio.length === 0) return;
    this.#audio.push(audio);
    this.#queued += audio.length;
  }

  /** Appends a mark; with nothing to play before it, it is reached at once. */
  mark(name: string, now: number): void {
    this.advance(now);
    if (this.#queued === 0) this.#sink.marked(name, now);
    else this.#marks.push({ name, atSample: this.#position + this.#queued });
  }

  /** Drops all sound. @returns the samples dropped and the pending marks in their order; none of them is reached again */
  clear(now: number): { readonly dropped: number; readonly marks: readonly string[] } {
    this.advance(now);
    const result = { dropped: this.#queued, marks: this.#marks.map(({ name }) => name) };
    this.#audio = [];
    this.#marks = [];
    this.#queued = 0;
    return result;
  }

  /** Plays on until `now`. */
  advance(now: number): void {
    for (let mark = this.#marks[0]; mark !== undefined && mark.atSample <= now; mark = this.#marks[0]) {
      this.#playUntil(mark.atSample);
      this.#marks.shift();
      this.#sink.marked(mark.name, mark.atSample);
    }
    this.#playUntil(now);
    this.#position = Math.max(this.#position, now);
  }

  #playUntil(sample: number): void {
    for (let chunk = this.#audio[0]; chunk !== undefined && this.#position < sample; chunk = this.#audio[0]) {
      const length = Math.min(chunk.length, sample - this.#position);
      this.#sink.played(this.#position, chunk.subarray(0, length));
      this.#position += length;
      this.#queued -= length;
      if (length === chunk.length) this.#audio.shift();
      else this.#audio[0] = chunk.subarray(length);
    }
  }
}
