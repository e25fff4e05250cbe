import type { CallerEvent } from '../../../machines/call/events.ts';
import type { Endpointing } from './endpointer.ts';
import type { Vocabulary } from './vocabulary.ts';

/** To a recogniser thread. Handled one after the other; `learn` and `open` are answered. */
export type RecogniserRequest =
  /** Loads a vocabulary and tries its grammars. */
  | {
      readonly type: 'learn';
      readonly request: number;
      readonly vocabulary: number;
      readonly content: Vocabulary;
      readonly endpointing: Endpointing;
    }
  | {
      readonly type: 'open';
      readonly request: number;
      readonly session: number;
      readonly vocabulary: number;
      readonly topic: string;
    }
  /** µ-law, 8 kHz, any length. */
  | { readonly type: 'audio'; readonly session: number; readonly mulaw: Uint8Array }
  | { readonly type: 'expect'; readonly session: number; readonly topic: string }
  | { readonly type: 'close'; readonly session: number };

/** From a recogniser thread. */
export type RecogniserMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly request: number }
  | { readonly type: 'refused'; readonly request: number; readonly reason: string }
  | { readonly type: 'heard'; readonly session: number; readonly event: CallerEvent }
  /** The session is broken and closed. */
  | { readonly type: 'lost'; readonly session: number; readonly reason: string };
