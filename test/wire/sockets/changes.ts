/** Something that is waited for did not come. */
const STUCK_MS = 60_000;

/** Wakes those who wait for a state of the world, whenever anything in it has changed. */
export class Changes {
  #wake = (): void => {};
  #next = this.#another();

  changed(): void {
    const wake = this.#wake;
    this.#next = this.#another();
    wake();
  }

  /** @throws Error with what `missing` says when it does not come about within a minute */
  async until(holds: () => boolean, missing: () => string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const stuck = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`waited in vain: ${missing()}`)), STUCK_MS);
    });
    try {
      while (!holds()) await Promise.race([this.#next, stuck]);
    } finally {
      clearTimeout(timer);
    }
  }

  #another(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
