const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * Keeps a model's thoughts from being spoken: some servers of one's own send them as `<think>…</think>` among the words.
 *
 * Takes an answer piece by piece and gives back what may be said. A tag may be cut anywhere between two pieces, so the
 * beginning of one is held back until it is clear what it is.
 */
export class ThoughtFilter {
  /** What could not be decided yet: text outside a thought, or the end of one. */
  #held = '';
  /** The tag that is waited for; the closing one while the model thinks. */
  #awaited: typeof OPEN | typeof CLOSE = OPEN;

  /** @returns the words that may be said now; often the piece as it is */
  take(piece: string): string {
    let rest = this.#held + piece;
    let said = '';
    for (let at = rest.indexOf(this.#awaited); at >= 0; at = rest.indexOf(this.#awaited)) {
      if (this.#awaited === OPEN) said += rest.slice(0, at);
      rest = rest.slice(at + this.#awaited.length);
      this.#awaited = this.#awaited === OPEN ? CLOSE : OPEN;
    }
    const tail = beginningOf(this.#awaited, rest);
    if (this.#awaited === OPEN) said += rest.slice(0, rest.length - tail);
    this.#held = rest.slice(rest.length - tail);
    return said;
  }

  /** @returns what was held back and turned out to be words, once the answer is over */
  end(): string {
    return this.#awaited === OPEN ? this.#held : '';
  }
}

/** How many characters at the end of a text may be the beginning of a tag. */
function beginningOf(tag: string, text: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1)
    if (text.endsWith(tag.slice(0, length))) return length;
  return 0;
}
