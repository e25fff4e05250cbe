/**
 * ITU-T G.711 written down a second time, from the Recommendation's tables: eight segments of sixteen equal steps. No
 * shifts, no lookup, nothing shared with the product's code.
 *
 * As in ITU-T G.191, the magnitude of a negative sample is its ones' complement.
 */
export interface Law {
  /** Where each segment of the magnitude begins and how wide its steps are, at 16 bits. */
  readonly segments: readonly { readonly from: number; readonly width: number }[];
  /** The byte for step 0–127, counted from silence outwards. */
  readonly wire: (step: number, negative: boolean) => number;
}

/** Table 2/G.711: the very first step is cut in half by zero, so that zero itself is a value. */
export const MULAW: Law = {
  segments: [
    { from: -4, width: 8 },
    { from: 124, width: 16 },
    { from: 380, width: 32 },
    { from: 892, width: 64 },
    { from: 1916, width: 128 },
    { from: 3964, width: 256 },
    { from: 8060, width: 512 },
    { from: 16_252, width: 1024 },
  ],
  wire: (step, negative) => (negative ? 127 : 255) - step,
};

/** Table 1/G.711: the first two segments are equally fine. */
export const ALAW: Law = {
  segments: [
    { from: 0, width: 16 },
    { from: 256, width: 16 },
    { from: 512, width: 32 },
    { from: 1024, width: 64 },
    { from: 2048, width: 128 },
    { from: 4096, width: 256 },
    { from: 8192, width: 512 },
    { from: 16_384, width: 1024 },
  ],
  wire: (step, negative) => ((negative ? 0 : 128) + step) ^ 0b0101_0101,
};

const STEPS = 16;

/** Every byte's linear value: the middle of its step. 256 entries. */
export function decoded(law: Law): number[] {
  const values = new Array<number>(256);
  for (const [segment, { from, width }] of law.segments.entries()) {
    for (let step = 0; step < STEPS; step += 1) {
      const middle = from + width * step + width / 2;
      values[law.wire(segment * STEPS + step, false)] = middle;
      values[law.wire(segment * STEPS + step, true)] = middle === 0 ? 0 : -middle;
    }
  }
  return values;
}

/** The byte of one 16-bit sample; louder than the last step is the last step. */
export function encoded(law: Law, sample: number): number {
  const magnitude = sample < 0 ? -sample - 1 : sample;
  const segment = law.segments.findLastIndex(({ from }) => magnitude >= from);
  const { from, width } = law.segments[segment] ?? { from: 0, width: 1 };
  const step = Math.min(STEPS - 1, Math.floor((magnitude - from) / width));
  return law.wire(segment * STEPS + step, sample < 0);
}
