import type { CallerEvent } from '../../../machines/call/events.ts';
import type { FluxWord, TurnPhase } from './flux-orders.ts';

/** What the caller is saying. */
export interface CallerSide {
  readonly phase: TurnPhase;
  /** Counts the turns from 1; the one that goes on, or else the last. */
  readonly turn: number;
  /** Cumulative text of the turn; empty while nobody speaks. Each word with a meaning is unique: `t2w1`. */
  readonly text: string;
}

export const NOBODY_SPEAKS: CallerSide = { phase: 'waiting', turn: 0, text: '' };

/** One word of the recogniser, as the call gets to hear it. */
export interface CallerMove {
  readonly word: FluxWord;
  readonly events: readonly CallerEvent[];
  readonly after: CallerSide;
}

/** A sign of listening: speech that is no turn while the agent has the floor. */
const BACK_CHANNEL = 'mm';

/** The words with a meaning, in order. */
export const meantWords = (text: string): readonly string[] => text.match(/\bt\d+w\d+\b/g) ?? [];

const interim = (text: string): CallerEvent => ({ type: 'caller.interim', text });
const endOfTurn = (text: string): CallerEvent => ({ type: 'caller.endOfTurn', text, confidence: 1, words: [] });

/**
 * What the recogniser may say next. As the adapter of Flux does, it is silent about an update that brings no new text, and
 * tells new text before whatever comes with it.
 */
export function callerMoves(caller: CallerSide): readonly CallerMove[] {
  const { phase, turn, text } = caller;
  const move = (word: FluxWord, events: readonly CallerEvent[], changes: Partial<CallerSide>): CallerMove => ({
    word,
    events,
    after: { ...caller, ...changes },
  });
  const ended = { phase: 'waiting', text: '' } as const;
  const longer = `${text} t${turn}w${meantWords(text).length + 1}`.trim();
  switch (phase) {
    case 'waiting':
      return [
        ...[`t${turn + 1}w1`, BACK_CHANNEL].map((first) =>
          move('start', [{ type: 'caller.speechStarted' }, interim(first)], {
            phase: 'ongoing',
            turn: turn + 1,
            text: first,
          }),
        ),
        move('update', [], {}),
      ];
    case 'ongoing':
      return [
        move('update', [interim(longer)], { text: longer }),
        move('eager', [{ type: 'caller.eagerEndOfTurn', text }], { phase: 'eager' }),
        move('end', [endOfTurn(text)], ended),
        ...(text === BACK_CHANNEL ? [move('end', [endOfTurn(longer)], ended)] : []),
      ];
    case 'eager':
      return [
        move('update', [], {}),
        move('resumed', [{ type: 'caller.turnResumed' }], { phase: 'ongoing' }),
        move('end', [endOfTurn(text)], ended),
      ];
  }
}
