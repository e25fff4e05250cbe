/** One answer of the model, part by part, as a walk writes it. */
export class AnswerQueue<Part> {
  readonly #parts: Part[] = [];
  #closed = false;
  #wake = (): void => {};

  /** @param signal ends it */
  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.close(), { once: true });
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  push(...parts: readonly Part[]): void {
    this.#parts.push(...parts);
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Part> {
    for (;;) {
      const part = this.#parts.shift();
      if (part !== undefined) yield part;
      else if (this.#closed) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
