/** So much in any stretch of so many milliseconds: tells how long to wait so that the vendor's limit is never reached. */
export class Allowance {
  readonly #most: number;
  readonly #windowMs: number;
  /** What was taken within the last window, oldest first. */
  readonly #taken: { readonly atMs: number; readonly amount: number }[] = [];

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** What can be taken now. */
  left(nowMs: number): number {
    this.#forget(nowMs);
    return this.#taken.reduce((left, { amount }) => left - amount, this.#most);
  }

  /** How long until `amount` can be taken (ms; 0: now). More than there ever is can be taken when nothing else was. */
  msUntil(amount: number, nowMs: number): number {
    let missing = Math.min(amount, this.#most) - this.left(nowMs);
    for (const taken of this.#taken) {
      if (missing <= 0) break;
      missing -= taken.amount;
      if (missing <= 0) return taken.atMs + this.#windowMs - nowMs;
    }
    return 0;
  }

  take(amount: number, nowMs: number): void {
    this.#forget(nowMs);
    this.#taken.push({ atMs: nowMs, amount });
  }

  #forget(nowMs: number): void {
    while ((this.#taken[0]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs - this.#windowMs) this.#taken.shift();
  }
}
