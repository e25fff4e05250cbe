/** A file in memory: grows as it is written, and can be written to at any place. */
export class MemoryFile {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  #position = 0;

  /** Writes at the current position and moves it behind. */
  write(bytes: Uint8Array): void {
    const end = this.#position + bytes.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#position);
    this.#position = end;
    this.#length = Math.max(this.#length, end);
  }

  /** Moves the position. `whence`: 0 from the start, 1 from here, 2 from the end. @returns the new position */
  seek(offset: number, whence: number): number {
    const base = whence === 1 ? this.#position : whence === 2 ? this.#length : 0;
    this.#position = Math.max(0, base + offset);
    return this.#position;
  }

  /** A view of everything written. */
  content(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
