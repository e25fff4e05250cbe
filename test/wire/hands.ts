import type { Digit, OperatorEvent } from '../../machines/call/events.ts';

/** A `TurnInfo` of Flux, as far as a walk says what is in it. */
export interface TurnSaid {
  readonly event: 'StartOfTurn' | 'Update' | 'EagerEndOfTurn' | 'TurnResumed' | 'EndOfTurn';
  readonly transcript: string;
}

/** How the model ends a round. */
export type AnswerEnd = 'stop' | 'end_call' | 'transfer_to_human' | 'look_up' | 'content_filter';

/** What becomes of a hand-over: carried out, an error of the carrier, or refused for being too many. */
export type CarrierAnswer = 'accepted' | 'failed' | 'too many';

/**
 * Everything that the world outside can do to a call. There are two worlds: on paper each deed reaches the call's ports at
 * once, on the wire it is a message of an emulator, a phone or a person. Both keep all that a deed causes to themselves
 * until the next one: nothing goes on by itself.
 */
export interface Hands {
  /** Flux accepts the session that the call has asked for. */
  fluxConnects(): void;
  /** The socket to Flux breaks, open or not. */
  fluxBreaks(): void;
  /** Flux ends the session for good. */
  fluxRefuses(): void;
  /** With the next 80 ms of the caller's audio, Flux tells of the turn. */
  fluxSays(said: TurnSaid): void;

  /** Whether a round of the model is under way. */
  readonly modelIsAsked: boolean;
  /** The model adds to its answer. */
  modelWrites(text: string): void;
  /** A letter of the model has come to the call. */
  modelWritesLetter(): Promise<void>;
  /** The model ends its round: in peace, by a tool, or by a failure. */
  modelEnds(how: AnswerEnd): void;
  /** The tool that is at work has its result. */
  toolReturns(): void;

  /** Half of the sound of the sentence under way. */
  voiceBegins(): Promise<void>;
  /** The rest of it, and its end. */
  voiceCompletes(): Promise<void>;
  voiceFails(): void;

  /** The caller has heard the sound up to the next mark, and is silent for 80 ms. */
  phoneHears(): void;
  /** All sound so far was played, though no mark says so. */
  phoneRunsDry(): void;
  phonePresses(digit: Digit): void;
  phoneHangsUp(): void;
  /** The carrier's socket is gone without a word. */
  phoneDrops(): void;

  /** The carrier's status callback: the call is completed. */
  carrierReportsEnd(): void;
  /** What the carrier answers to the hand-over that was asked for. */
  carrierAnswers(how: CarrierAnswer): void;
  operator(event: OperatorEvent): void;
  /** Time passes until the next timer of any chart is due. */
  timePasses(): void;
  /** Time passes for so long (ms). */
  timePassesBy(ms: number): void;
  /** All consequences have come. */
  settled(): Promise<void>;
}
