import type { CallerEvent, RecognisedWord } from '../../../machines/call/events.ts';
import type { TurnInfo } from './messages.ts';

/** Where the current turn is: nobody speaks, somebody does, or seems to have ended. */
type Phase = 'waiting' | 'ongoing' | 'eager';

/**
 * Turns Flux's turn events into the five words of `CallerEvent`.
 *
 * Flux guarantees an order (one `StartOfTurn` first, `TurnResumed` after `EagerEndOfTurn` only, one `EndOfTurn` last) and
 * re-hosted Fluxes have broken it. Whatever comes, what goes out is legal: an utterance begins before anything is said of
 * it, ends once, and an event of a finished turn says nothing.
 */
export class TurnReader {
  readonly #emit: (event: CallerEvent) => void;
  /** The turn that goes on or comes next; lower indices are finished. */
  #turn = 0;
  #phase: Phase = 'waiting';
  /** Last text of the turn; empty while waiting. */
  #text = '';

  constructor(emit: (event: CallerEvent) => void) {
    this.#emit = emit;
  }

  read(info: TurnInfo): void {
    if (info.turn_index < this.#turn) return;
    if (info.turn_index > this.#turn) this.#skipTo(info.turn_index);
    switch (info.event) {
      case 'StartOfTurn':
        this.#begin();
        this.#hear(info.transcript);
        break;
      case 'Update':
        this.#hear(info.transcript);
        break;
      case 'EagerEndOfTurn':
        this.#guess(info.transcript);
        break;
      case 'TurnResumed':
        this.#resume();
        this.#hear(info.transcript);
        break;
      case 'EndOfTurn':
        this.#end(info);
        break;
    }
  }

  #begin(): void {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'ongoing';
    this.#emit({ type: 'caller.speechStarted' });
  }

  /** New text proves that somebody speaks; the same text again, as every 250 ms of audio brings it, says nothing. */
  #hear(text: string): void {
    if (text === '' || text === this.#text) return;
    this.#begin();
    this.#resume();
    this.#text = text;
    this.#emit({ type: 'caller.interim', text });
  }

  #guess(text: string): void {
    this.#hear(text);
    if (this.#phase !== 'ongoing' || this.#text === '') return;
    this.#phase = 'eager';
    this.#emit({ type: 'caller.eagerEndOfTurn', text: this.#text });
  }

  #resume(): void {
    if (this.#phase !== 'eager') return;
    this.#phase = 'ongoing';
    this.#emit({ type: 'caller.turnResumed' });
  }

  /** An end without text is that of the text before (cloudflare/agents#1454); without any, nobody had spoken. */
  #end({ transcript, words, end_of_turn_confidence: confidence }: TurnInfo): void {
    const text = transcript === '' ? this.#text : transcript;
    if (text !== '') this.#begin();
    const spoken = this.#phase !== 'waiting';
    this.#await(this.#turn + 1);
    if (!spoken) return;
    const timed = words.flatMap(timedWord);
    const speechEndMs = timed.at(-1)?.endMs;
    const end = { type: 'caller.endOfTurn', text, confidence, words: timed } as const;
    this.#emit(speechEndMs === undefined ? end : { ...end, speechEndMs });
  }

  /** The server went on without ending a turn: it ends as far as it was heard, and nobody vouches for it. */
  #skipTo(turn: number): void {
    const text = this.#text;
    const spoken = this.#phase !== 'waiting';
    this.#await(turn);
    if (spoken) this.#emit({ type: 'caller.endOfTurn', text, confidence: 0, words: [] });
  }

  #await(turn: number): void {
    this.#turn = turn;
    this.#phase = 'waiting';
    this.#text = '';
  }
}

/** Times are optional on the wire; a word without them has no place on the clock. */
function timedWord({ word, start, end }: TurnInfo['words'][number]): RecognisedWord[] {
  if (start === undefined || end === undefined) return [];
  return [{ word, startMs: Math.round(start * 1000), endMs: Math.round(end * 1000) }];
}
