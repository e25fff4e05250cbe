/** The voices compiled into the Flite package that are fit for a call. US English men but for slt, a woman; awb is a Scot. */
export const VOICES = ['slt', 'rms', 'awb', 'kal'] as const;

/** `kal` is natively 8 kHz and four times cheaper than the others, but the most robotic. */
export type Voice = (typeof VOICES)[number];
