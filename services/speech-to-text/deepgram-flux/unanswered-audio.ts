/** Audio that must have been sent before silence of the server means anything: 1 s, four times what Flux needs to answer. */
const ENOUGH_PIECES = 13;

/**
 * Notices a socket that is open but dead (pipecat-ai/pipecat#5735): audio goes out and nothing comes back. Flux answers
 * every 250 ms of audio, whatever is in it. Counting the audio first keeps a carrier's pause from looking like that.
 */
export class UnansweredAudio {
  readonly #limitMs: number;
  readonly #onSilent: () => void;
  #pieces = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param limitMs from the first second of unanswered audio on */
  constructor(limitMs: number, onSilent: () => void) {
    this.#limitMs = limitMs;
    this.#onSilent = onSilent;
  }

  /** 80 ms of audio went out. */
  sent(): void {
    this.#pieces += 1;
    if (this.#pieces === ENOUGH_PIECES) this.#timer = setTimeout(this.#onSilent, this.#limitMs);
  }

  /** The server said something, or nobody waits for it any more. */
  reset(): void {
    this.#pieces = 0;
    clearTimeout(this.#timer);
  }
}
