import type { CLOSE_REASONS } from './close-reason.ts';

/**
 * What can go wrong with one flush.
 *
 * - `slow first byte`: nothing for `ms`, then all as usual
 * - `close`: half of the audio, then the socket closes with that reason
 * - `break`: half of the audio, then the connection is gone without a word
 * - `stall`: half of the audio, then nothing, with an open socket
 * - `malformed`: half of the audio, then a text that is no JSON
 * - `late audio`: should the flush be cleared, so many frames (of `LATE_FRAME_BYTES`) still arrive before `Cleared`
 * - `not cleared`: a `Clear` during the flush is never answered
 */
export type SpeakFault =
  | { readonly type: 'slow first byte'; readonly ms: number }
  | { readonly type: 'close'; readonly reason: keyof typeof CLOSE_REASONS }
  | { readonly type: 'break' | 'stall' | 'malformed' | 'not cleared' }
  | { readonly type: 'late audio'; readonly frames: number };

export const LATE_FRAME_BYTES = 160;
