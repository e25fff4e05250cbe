/** A sine of `frequency` Hz at `rate` Hz, rounded to 16 bits. */
export function tone(frequency: number, rate: number, length: number, amplitude = 30_000): Int16Array {
  return Int16Array.from({ length }, (_, index) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * frequency * index) / rate)),
  );
}

/**
 * Amplitude of one frequency in a signal (one bin of a discrete Fourier transform). Exact when the signal holds a whole
 * number of its periods.
 */
export function amplitudeAt(signal: Int16Array, frequency: number, rate: number): number {
  let real = 0;
  let imaginary = 0;
  for (const [index, sample] of signal.entries()) {
    const angle = (2 * Math.PI * frequency * index) / rate;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  }
  return (2 / signal.length) * Math.hypot(real, imaginary);
}

/** Root of the mean square. */
export function rms(signal: ArrayLike<number>): number {
  let energy = 0;
  for (let index = 0; index < signal.length; index += 1) energy += (signal[index] ?? 0) ** 2;
  return Math.sqrt(energy / signal.length);
}

/** A ratio of amplitudes in dB. */
export const decibels = (amplitude: number, reference: number): number => 20 * Math.log10(amplitude / reference);
