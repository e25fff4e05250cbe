/** What must go over the wire, in order; a frame as a string of its bytes, with the index of its sentence. */
export type Expected =
  | { readonly type: 'frame'; readonly bytes: string; readonly sentence: number }
  | { readonly type: 'mark'; readonly name: string };

export const textOf = (bytes: ArrayLike<number>): string => String.fromCharCode(...Array.from(bytes));

export interface ReferenceSentence {
  readonly index: number;
  readonly bytes: number[];
  complete: boolean;
  heard: boolean;
}

/** A stretch of speech byte by byte: the port's contract, with no clock and no line. */
export class ReferenceStretch {
  readonly epoch: number;
  held: boolean;
  ended = false;
  /** Begun by a replay of something. */
  replayed = false;
  readonly sentences: ReferenceSentence[] = [];
  readonly expected: Expected[] = [];
  /** How many of {@link expected} were seen on the wire. */
  seen = 0;
  #pending: number[] = [];

  constructor(epoch: number, held: boolean) {
    this.epoch = epoch;
    this.held = held;
  }

  get finished(): boolean {
    return this.ended && !this.held && this.sentences.every(({ heard }) => heard);
  }

  get sounded(): boolean {
    return this.expected.some(({ type }, at) => at < this.seen && type === 'frame');
  }

  write(index: number, bytes: Iterable<number>): void {
    const sentence = this.#open(index);
    if (!sentence) return;
    for (const byte of bytes) {
      sentence.bytes.push(byte);
      this.#pending.push(byte);
      if (this.#pending.length === 160) this.#frame(index);
    }
  }

  endSentence(index: number): void {
    const sentence = this.#open(index);
    if (sentence) this.#complete(sentence);
  }

  end(): void {
    const last = this.sentences.at(-1);
    if (last && !last.complete) this.#complete(last);
    this.ended = true;
    if (this.sentences.some(({ heard }) => !heard)) this.expected.push({ type: 'mark', name: `e${this.epoch}.end` });
  }

  /** The sentences that a cut now retains. */
  retained(): readonly (readonly number[])[] {
    const unheard = this.sentences.filter(({ heard }) => !heard);
    const broken = unheard.findIndex(({ complete }) => !complete);
    return (broken < 0 ? unheard : unheard.slice(0, broken)).map(({ bytes }) => bytes);
  }

  #open(index: number): ReferenceSentence | undefined {
    const last = this.sentences.at(-1);
    if (last?.index === index) return last.complete ? undefined : last;
    if (last && last.index > index) return undefined;
    if (last && !last.complete) this.#complete(last);
    const sentence = { index, bytes: [], complete: false, heard: false };
    this.sentences.push(sentence);
    return sentence;
  }

  #complete(sentence: ReferenceSentence): void {
    sentence.complete = true;
    while (this.#pending.length > 0 && this.#pending.length < 160) this.#pending.push(0xff);
    if (this.#pending.length > 0) this.#frame(sentence.index);
    this.expected.push({ type: 'mark', name: `e${this.epoch}.s${sentence.index}` });
  }

  #frame(sentence: number): void {
    this.expected.push({ type: 'frame', bytes: textOf(this.#pending), sentence });
    this.#pending = [];
  }
}

/** The gate, the stretch under way, and what the last cut retained. */
export class PlayoutReference {
  gate = 1;
  current: ReferenceStretch | undefined;
  retained: readonly (readonly number[])[] = [];

  /** The stretch that takes a write of this epoch. */
  open(epoch: number): ReferenceStretch | undefined {
    if (epoch < this.gate) return undefined;
    const stretch = this.current?.epoch === epoch ? this.current : this.begin(epoch, false);
    return stretch?.ended ? undefined : stretch;
  }

  begin(epoch: number, held: boolean): ReferenceStretch | undefined {
    if (epoch < this.gate || this.current?.epoch === epoch) return undefined;
    this.gate = epoch;
    this.retained = [];
    this.current = new ReferenceStretch(epoch, held);
    return this.current;
  }

  /** @returns the stretch that was cut, if it is to be reported */
  cut(epoch: number): ReferenceStretch | undefined {
    const stretch = this.current;
    this.gate = Math.max(this.gate, epoch);
    this.current = undefined;
    if (!stretch || stretch.finished) return undefined;
    this.retained = stretch.held ? [] : stretch.retained();
    return stretch;
  }

  /** For audio that is loud throughout: no quiet point is near. @returns whether there was anything to play again */
  replay(epoch: number, skipMs: number): boolean {
    const { retained } = this;
    const stretch = this.begin(epoch, false);
    if (!stretch) return false;
    stretch.replayed = retained.length > 0;
    for (const [index, bytes] of retained.entries()) {
      stretch.write(index, index === 0 ? bytes.slice(skipMs * 8) : bytes);
      stretch.endSentence(index);
    }
    return stretch.replayed;
  }
}
