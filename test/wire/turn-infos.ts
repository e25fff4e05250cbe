import type { TurnSaid } from './hands.ts';

/** The messages of one session of Flux, numbered as Flux does. */
export class TurnInfos {
  #index = 0;
  phase: 'waiting' | 'ongoing' | 'eager' = 'waiting';
  /** What was said of this turn last. */
  transcript = '';

  next({ event, transcript }: TurnSaid) {
    const info = {
      type: 'TurnInfo' as const,
      event,
      turn_index: this.#index,
      audio_window_start: 0,
      audio_window_end: 1,
      transcript,
      words: [],
      end_of_turn_confidence: event === 'EndOfTurn' ? 0.9 : 0.1,
    };
    if (event === 'EndOfTurn') this.#index += 1;
    this.phase = event === 'EndOfTurn' ? 'waiting' : event === 'EagerEndOfTurn' ? 'eager' : 'ongoing';
    this.transcript = event === 'EndOfTurn' ? '' : transcript;
    return info;
  }
}
