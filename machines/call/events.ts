/**
 * Everything that can be said to a call, one union per speaker. Names are `<speaker>.<what happened>`.
 * Each event is plain JSON: the journal stores it as it is, and replay reads it back.
 */

/** The codes of all service failures. */
export const FAILURE_CODES = [
  'auth',
  'rate-limit',
  'quota',
  'timeout',
  'network',
  'protocol',
  'bad-request',
  'unavailable',
  'cancelled',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

/** Why a service could not do its work, as plain data: it travels in events and in the journal. */
export interface Failure {
  readonly code: FailureCode;
  /** For engineers. Never a secret, never a caller's words. */
  readonly message: string;
  /** Whether the same request may succeed when tried again. */
  readonly retryable: boolean;
}

/** A word and where it lies on the caller's audio clock (ms since the stream began). */
export interface RecognisedWord {
  readonly word: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** What a recogniser reports as the text of speech that it heard but could not understand. */
export const UNINTELLIGIBLE = '[unintelligible]';

/**
 * Sent by the recogniser, whatever the vendor: the common vocabulary of turn-taking.
 *
 * An utterance is `speechStarted`, any number of `interim`s, perhaps `eagerEndOfTurn` (a guess) and `turnResumed` (the
 * guess was wrong), and one `endOfTurn`. Texts are cumulative within the utterance. `endOfTurn.text` is empty for a
 * noise that was no speech and {@link UNINTELLIGIBLE} for speech that was not understood.
 */
export type CallerEvent =
  | { readonly type: 'caller.speechStarted' }
  | { readonly type: 'caller.interim'; readonly text: string }
  | { readonly type: 'caller.eagerEndOfTurn'; readonly text: string }
  | { readonly type: 'caller.turnResumed' }
  | {
      readonly type: 'caller.endOfTurn';
      readonly text: string;
      /** 0–1. */
      readonly confidence: number;
      readonly words: readonly RecognisedWord[];
      /** Where the caller's speech really ended on the stream's audio clock (ms), before the end-pointing silence. */
      readonly speechEndMs?: number;
    };

/** What the model wants to happen once its reply was heard. */
export type NextStep = 'listen' | 'hangUp' | 'transfer';

/** Sent by the `reply` chart of the turn that `epoch` names. */
export type ReplyEvent =
  /** The model's first words; only the journal listens. */
  | { readonly type: 'reply.started'; readonly epoch: number }
  | { readonly type: 'reply.sentence'; readonly epoch: number; readonly index: number; readonly text: string }
  | {
      readonly type: 'reply.toolCalled';
      readonly epoch: number;
      readonly id: string;
      readonly name: string;
      readonly arguments: string;
    }
  | { readonly type: 'reply.toolReturned'; readonly epoch: number; readonly id: string; readonly result: string }
  | { readonly type: 'reply.finished'; readonly epoch: number; readonly next: NextStep; readonly expects?: string }
  /** The reply named an emergency: the call must leave the agent's hands at once. */
  | { readonly type: 'reply.emergency'; readonly epoch: number; readonly phrase: string }
  | { readonly type: 'reply.failed'; readonly epoch: number; readonly failure: Failure };

/** Sent by the voice child of the stretch of speech that `epoch` names. */
export type VoiceEvent =
  | { readonly type: 'voice.started'; readonly epoch: number }
  | { readonly type: 'voice.finished'; readonly epoch: number }
  | { readonly type: 'voice.failed'; readonly epoch: number; readonly failure: Failure };

/** How much of a stretch of speech the caller heard when it was cut. */
export interface Heard {
  /** How many sentences were heard to their end (their marks came back). */
  readonly sentences: number;
  /** The sentence that was cut in the middle, if any. */
  readonly partial?: {
    readonly sentence: number;
    readonly playedMs: number;
    /** Audio received of it so far; its whole length when `complete`. */
    readonly lengthMs: number;
    readonly complete: boolean;
  };
  /**
   * Of the sentences that were not heard to their end, how many playout still holds whole, from the first of them on: it
   * can play them again without a voice. Absent: none.
   */
  readonly retained?: number;
}

/** Sent by playout: the edges of what the caller hears. `atMs` is the stream's audio clock. */
export type PlayoutEvent =
  /** The first frame of this epoch is on the wire. */
  | { readonly type: 'playout.started'; readonly epoch: number; readonly atMs: number }
  /** The caller heard this sentence to its end. */
  | { readonly type: 'playout.heard'; readonly epoch: number; readonly sentence: number }
  /** All sound so far was played and more is to come: the caller hears silence. */
  | { readonly type: 'playout.starved'; readonly epoch: number }
  /** Sound goes on after `playout.starved`. */
  | { readonly type: 'playout.resumed'; readonly epoch: number }
  /** The caller heard everything. */
  | { readonly type: 'playout.finished'; readonly epoch: number }
  /** Answers a cut; `epoch` is the stretch of speech that was cut. */
  | { readonly type: 'playout.cut'; readonly epoch: number; readonly heard: Heard };

/** The keys of a telephone. */
export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

/** Sent by the media plane. */
export type LineEvent =
  | { readonly type: 'line.dtmf'; readonly digit: Digit }
  /** The carrier says the stream is over: the caller hung up, or the call was changed. */
  | { readonly type: 'line.stopped' }
  /** The socket is gone without a word. */
  | { readonly type: 'line.dropped' };

/** Sent by the `recogniser` chart. */
export type RecognitionEvent =
  | { readonly type: 'recognition.live' }
  | { readonly type: 'recognition.lost'; readonly failure: Failure }
  | { readonly type: 'recognition.failed'; readonly failure: Failure };

/** Sent by people who run the system, through the console or at shutdown. */
export type OperatorEvent =
  /** The agent falls silent and stays so: a person has the floor. */
  | { readonly type: 'operator.takeOver' }
  /** Said to the caller in the agent's voice, whoever has the floor. One or more sentences. */
  | { readonly type: 'operator.say'; readonly text: string }
  /** The agent goes on, and answers what the caller said meanwhile. */
  | { readonly type: 'operator.handBack' }
  /** The caller is handed to a human, as if he had pressed `0`. */
  | { readonly type: 'operator.transfer' }
  | { readonly type: 'operator.hangUp' };

export type CallEvent =
  | CallerEvent
  | ReplyEvent
  | VoiceEvent
  | PlayoutEvent
  | LineEvent
  | RecognitionEvent
  | OperatorEvent;
