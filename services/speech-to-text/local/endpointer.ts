import type { Activity } from './voice-activity.ts';

/** How long silences mean something (ms of audio). */
export interface Endpointing {
  /** Silence after which the caller has probably finished. Default 350. */
  readonly eagerMs: number;
  /** Silence after which the caller has finished. Default 700. */
  readonly endMs: number;
}

export const DEFAULT_ENDPOINTING: Endpointing = { eagerMs: 350, endMs: 700 };

/** What happens at a frame, if anything. */
export type Edge = 'started' | 'paused' | 'resumed' | 'ended';

/** How much audio one activity stands for. */
export const FRAME_MS = 20;
/** Speech begins with this many voiced frames ... */
const ONSET_VOICED = 3;
/** ... among this many: 60 of 100 ms. */
const ONSET_WINDOW = 5;
/** Loud frames without a voiced one are consonants for so long (ms), then noise. */
const CONSONANTS_MS = 240;

/**
 * Turns what frames sound like into the edges of utterances: `started`, then perhaps `paused` and `resumed` (any number
 * of times), then `ended`. Time is the audio's: 20 ms a frame.
 */
export class Endpointer {
  readonly #endpointing: Endpointing;
  #state: 'idle' | 'speaking' | 'paused' = 'idle';
  #now = 0;
  /** The last frames, newest in bit 0; a set bit is a voiced frame. */
  #recent = 0;
  #lastVoiced = Number.NEGATIVE_INFINITY;
  #speechEnd = 0;
  #voiced = 0;

  constructor(endpointing: Endpointing) {
    this.#endpointing = endpointing;
  }

  /** Where the last frame ended (ms since the stream began). */
  get nowMs(): number {
    return this.#now;
  }

  /** Where speech ended, so far (ms since the stream began). */
  get speechEndMs(): number {
    return this.#speechEnd;
  }

  /** How long nobody has spoken (ms). */
  get silenceMs(): number {
    return this.#now - this.#speechEnd;
  }

  /** How much of the utterance was voiced (ms). */
  get voicedMs(): number {
    return this.#voiced;
  }

  /** To be called for every frame of 20 ms, in order. */
  next(activity: Activity): Edge | undefined {
    this.#now += FRAME_MS;
    this.#recent = ((this.#recent << 1) | (activity === 'voiced' ? 1 : 0)) & ((1 << ONSET_WINDOW) - 1);
    const onset = bitCount(this.#recent) >= ONSET_VOICED;
    if (activity === 'voiced') {
      this.#lastVoiced = this.#now;
      this.#voiced += FRAME_MS;
    }
    if (this.#state === 'idle') return onset ? this.#start() : undefined;
    this.#extend(activity, onset);
    const silence = this.silenceMs;
    if (this.#state === 'paused' && silence === 0) return this.#enter('speaking', 'resumed');
    if (silence >= this.#endpointing.endMs) return this.#enter('idle', 'ended');
    return this.#state === 'speaking' && silence >= this.#endpointing.eagerMs
      ? this.#enter('paused', 'paused')
      : undefined;
  }

  #start(): Edge {
    this.#voiced = ONSET_VOICED * FRAME_MS;
    this.#speechEnd = this.#now;
    return this.#enter('speaking', 'started');
  }

  /** After a pause one voiced frame is not enough: a click must not hold the turn open. */
  #extend(activity: Activity, onset: boolean): void {
    const silent = this.silenceMs > CONSONANTS_MS;
    const speaks =
      activity === 'voiced'
        ? onset || !silent
        : activity === 'loud' && !silent && this.#now - this.#lastVoiced <= CONSONANTS_MS;
    if (speaks) this.#speechEnd = this.#now;
  }

  #enter(state: 'idle' | 'speaking' | 'paused', edge: Edge): Edge {
    this.#state = state;
    if (state === 'idle') this.#recent = 0;
    return edge;
  }
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
