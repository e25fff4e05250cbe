/** The most characters of one `Speak` message; more closes the socket with 1009. */
export const MAXIMUM_SPEAK_CHARACTERS = 2000;

/**
 * Per connection and minute: 20 flushes (a further one is ignored, and its `Flushed` never comes) and 2,400 characters
 * (more closes the socket with 1008). A second is added to the minute, since the vendor counts arrivals, not departures.
 * @see https://developers.deepgram.com/docs/tts-websocket
 */
export const FLUSHES_PER_WINDOW = 20;
export const CHARACTERS_PER_WINDOW = 2400;
export const LIMIT_WINDOW_MS = 61_000;

/** A connection with no more flushes left than this is not used for another turn. */
export const FLUSHES_FOR_A_TURN = 10;

/** Within a turn, with no more flushes left than this, the sentences that wait are spoken together. */
export const FLUSHES_IN_RESERVE = 5;

/** A connection lives for 60 minutes at most; an older one than this is not used for another turn (ms). */
export const MAXIMUM_AGE_MS = 50 * 60_000;
