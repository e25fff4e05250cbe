/** So much in any stretch of so many milliseconds. */
export class SlidingLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #taken: { readonly atMs: number; readonly amount: number }[] = [];

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Takes `amount` if it can still be had. @returns whether it could */
  take(amount: number, nowMs: number): boolean {
    while (this.#taken.length > 0 && (this.#taken[0]?.atMs ?? 0) <= nowMs - this.#windowMs) this.#taken.shift();
    const total = this.#taken.reduce((sum, entry) => sum + entry.amount, 0);
    if (total + amount > this.#most) return false;
    this.#taken.push({ atMs: nowMs, amount });
    return true;
  }
}
