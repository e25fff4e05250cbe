/** A word on the wire; times in seconds on the stream's audio clock. */
export interface Word {
  readonly word: string;
  readonly confidence: number;
  readonly start?: number;
  readonly end?: number;
}

/** Something that Flux says of the caller's turn, once it has heard `atMs` of audio (ms on the stream's own clock). */
export type TurnStep =
  | { readonly atMs: number; readonly event: 'StartOfTurn' | 'Update'; readonly text: string }
  /** Not sent when the client has not asked for guesses. */
  | { readonly atMs: number; readonly event: 'EagerEndOfTurn'; readonly confidence?: number }
  /** Not sent when the client has not asked for guesses; `text` is then heard all the same. */
  | { readonly atMs: number; readonly event: 'TurnResumed'; readonly text?: string }
  | {
      readonly atMs: number;
      readonly event: 'EndOfTurn';
      /** Default: what was heard last. After a guess it cannot be anything else. */
      readonly text?: string;
      /** Default 0.86. */
      readonly confidence?: number;
      /** Default: the words of the text, without times. */
      readonly words?: readonly Word[];
      /** Default `model`. */
      readonly trigger?: 'model' | 'timeout';
    };

/** The part of a `TurnInfo` that the turn itself decides. */
export interface TurnState {
  readonly turn_index: number;
  readonly transcript: string;
  readonly words: readonly Word[];
  readonly end_of_turn_confidence: number;
}

const CONFIDENCE = { StartOfTurn: 0.05, Update: 0.1, EagerEndOfTurn: 0.55, TurnResumed: 0.1, EndOfTurn: 0.86 } as const;
const WORD_CONFIDENCE = 0.98;

/**
 * Flux's state machine of a turn, with its guarantees: a start has text, a guess is confirmed with the same text or taken
 * back, an end is the last word of a turn.
 */
export class Turn {
  #index = 0;
  #phase: 'waiting' | 'ongoing' | 'eager' = 'waiting';
  #text = '';

  get phase(): 'waiting' | 'ongoing' | 'eager' {
    return this.#phase;
  }

  get text(): string {
    return this.#text;
  }

  /** @returns why Flux would never say this now; undefined when it might */
  problemWith(step: TurnStep): string | undefined {
    const text = ('text' in step ? step.text : undefined) ?? this.#text;
    switch (step.event) {
      case 'StartOfTurn':
        if (this.#phase !== 'waiting') return 'the turn has started already';
        break;
      case 'Update':
      case 'EndOfTurn':
        if (this.#phase === 'waiting') return 'no turn has started';
        if (this.#phase === 'eager' && text !== this.#text) return 'other text after EagerEndOfTurn needs TurnResumed';
        break;
      case 'EagerEndOfTurn':
        if (this.#phase !== 'ongoing') return 'no turn goes on';
        break;
      case 'TurnResumed':
        if (this.#phase !== 'eager') return 'no EagerEndOfTurn came before';
        break;
    }
    return text === '' ? 'the text is empty' : undefined;
  }

  /** Goes on by one event. @returns what the event's `TurnInfo` says */
  apply(step: TurnStep): TurnState {
    const { event } = step;
    this.#text = ('text' in step ? step.text : undefined) ?? this.#text;
    this.#phase = event === 'EndOfTurn' ? 'waiting' : event === 'EagerEndOfTurn' ? 'eager' : this.#phaseAfter(event);
    const confidence = 'confidence' in step ? step.confidence : undefined;
    const state = this.#state(confidence ?? CONFIDENCE[event], 'words' in step ? step.words : undefined);
    if (event === 'EndOfTurn') {
      this.#index += 1;
      this.#text = '';
    }
    return state;
  }

  /** What an `Update` without news says, in any phase. */
  unchanged(): TurnState {
    return this.#state(this.#phase === 'eager' ? CONFIDENCE.EagerEndOfTurn : CONFIDENCE.Update);
  }

  #phaseAfter(event: 'StartOfTurn' | 'Update' | 'TurnResumed'): 'ongoing' | 'eager' {
    return event === 'Update' && this.#phase === 'eager' ? 'eager' : 'ongoing';
  }

  #state(confidence: number, words = untimed(this.#text)): TurnState {
    return { turn_index: this.#index, transcript: this.#text, words, end_of_turn_confidence: confidence };
  }
}

const untimed = (text: string): readonly Word[] =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ word, confidence: WORD_CONFIDENCE }));
