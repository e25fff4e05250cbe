/** Numerical Recipes' "quick and dirty" generator: only its high bits are used. */
const MULTIPLIER = 1_664_525;
const INCREMENT = 1_013_904_223;

/**
 * Lets every text that is spoken sound a little different, so that a listener can tell whose sound he hears: the lowest bit
 * of each µ-law byte is one of a sequence that belongs to this one utterance.
 *
 * Nobody hears it: it is noise of one quantisation step, which in silence is 70 dB below full scale.
 *
 * @param speak µ-law, 8 kHz; its result is copied, never changed
 * @example spokenBy(watermarked((text) => pool.speak({ text, voice: 'slt', rate: 1 })))
 */
export function watermarked(speak: (text: string) => Promise<Uint8Array>): (text: string) => Promise<Uint8Array> {
  let utterances = 0;
  return async (text) => {
    utterances += 1;
    let state = Math.imul(utterances, 0x9e37_79b1);
    const spoken = await speak(text);
    return spoken.map((byte) => {
      state = (Math.imul(state, MULTIPLIER) + INCREMENT) | 0;
      return (byte & 0xfe) | (state >>> 31);
    });
  };
}
