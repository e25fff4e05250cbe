import type { Voice } from './voices.ts';

/** One text and how to say it. What a synthesiser thread is sent. */
export interface Speech {
  readonly text: string;
  readonly voice: Voice;
  /** Speaking rate: 1 is the voice's own, 1.2 is a fifth faster. */
  readonly rate: number;
}

/** What a synthesiser thread sends: once that it is ready, then one answer to each {@link Speech}. */
export type SynthesiserMessage =
  | { readonly type: 'ready' }
  /** µ-law, 8 kHz; the buffer is handed over, not copied. */
  | { readonly type: 'spoken'; readonly mulaw: Uint8Array }
  | { readonly type: 'failed'; readonly reason: string };
