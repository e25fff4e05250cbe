/*
 * linear16: signed 16-bit samples, little-endian, as recognisers, voices and WAV files carry them.
 *
 *    byte 0    byte 1    byte 2    byte 3
 *   +---------+---------+---------+---------+--
 *   | low  0  | high 0  | low  1  | high 1  |  …
 *   +---------+---------+---------+---------+--
 */

/**
 * linear16 bytes → samples, wherever the bytes begin in their memory (an `Int16Array` view needs an even address, which
 * a slice of a network buffer does not have).
 *
 * @throws RangeError when half a sample is left over; streams use {@link Pcm16Assembler}
 */
export function pcmFromBytes(bytes: Uint8Array): Int16Array {
  if (bytes.length % 2 !== 0) {
    throw new RangeError(
      `linear16 audio has two bytes a sample: received ${bytes.length} bytes, expected an even number`,
    );
  }
  const samples = new Int16Array(bytes.length / 2);
  for (let index = 0; index < samples.length; index += 1) {
    samples[index] = (bytes[2 * index] as number) | ((bytes[2 * index + 1] as number) << 8);
  }
  return samples;
}

/** Samples → linear16 bytes, little-endian on every machine. */
export function bytesFromPcm(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 2);
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[index] as number;
    bytes[2 * index] = sample & 0xff;
    bytes[2 * index + 1] = (sample >> 8) & 0xff;
  }
  return bytes;
}

/** Assembles samples from a linear16 byte stream whose chunks may split a sample in two. */
export class Pcm16Assembler {
  /** The low byte of a sample whose high byte has not come yet. */
  #low: number | undefined;

  /** @returns all samples that are now complete; empty when there is none */
  push(bytes: Uint8Array): Int16Array {
    if (bytes.length === 0) return new Int16Array(0);
    if (this.#low === undefined) return this.#assemble(bytes);
    const joined = new Uint8Array(bytes.length + 1);
    joined[0] = this.#low;
    joined.set(bytes, 1);
    return this.#assemble(joined);
  }

  #assemble(bytes: Uint8Array): Int16Array {
    const whole = bytes.length - (bytes.length % 2);
    this.#low = bytes[whole];
    return pcmFromBytes(bytes.subarray(0, whole));
  }
}
