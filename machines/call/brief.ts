import type { Destination } from './ports.ts';

/** The lines an agent says without a model. Each is one or more sentences, spoken one after the other. */
export interface Script {
  readonly greeting: readonly string[];
  /** After silence; the first for the first time, the last for every later one. */
  readonly reprompts: readonly string[];
  /** When no answer could be made in time. */
  readonly apology: string;
  /** Said by the carrier's own voice when the agent can no longer serve the caller and nobody else can. */
  readonly brokenOff: string;
  readonly handOver: string;
  /** When the hand-over failed and the agent stays with the caller. */
  readonly handOverFailed: string;
  readonly goodbye: string;
}

/** How long each wait may last (ms). */
export interface Deadlines {
  /** Between two interruptions: echo and noise bursts come in clusters. */
  readonly debounce: number;
  /** After an interruption that turned out to mean nothing, the agent goes on. */
  readonly falseInterruption: number;
  readonly replyFirstToken: number;
  readonly toolTimeout: number;
  readonly voiceFirstByte: number;
  readonly voiceStall: number;
  /** Silence of the caller before the agent asks again. */
  readonly silence: number;
  readonly closingCap: number;
  readonly transferTimeout: number;
  readonly maxCall: number;
  readonly recognitionReconnect: number;
  readonly recognitionConnect: number;
  /** An utterance that never ends. */
  readonly utteranceCap: number;
  /** Between the end of a sentence, as its length lets expect, and its mark, which may be lost. */
  readonly markGrace: number;
  /** Between a socket that is gone and the end of the call. */
  readonly lineGrace: number;
}

export const DEFAULT_DEADLINES: Deadlines = {
  debounce: 400,
  falseInterruption: 2000,
  replyFirstToken: 4000,
  toolTimeout: 8000,
  voiceFirstByte: 2000,
  voiceStall: 1500,
  silence: 8000,
  closingCap: 5000,
  transferTimeout: 10_000,
  maxCall: 900_000,
  recognitionReconnect: 500,
  recognitionConnect: 5000,
  utteranceCap: 30_000,
  markGrace: 5000,
  lineGrace: 1000,
};

/** When the caller's voice or keys may take the floor from the agent. */
export interface BargeInPolicy {
  /** Interim text shorter than this never interrupts (characters). */
  readonly minimumCharacters: number;
  /** Phrases that mean "I am listening"; said alone, or only with each other, they never interrupt. */
  readonly backChannel: readonly string[];
  /** Whether speech may interrupt the greeting. */
  readonly greeting: boolean;
  /** Whether speech may interrupt answers and prompts. */
  readonly speaking: boolean;
}

export const DEFAULT_BARGE_IN: BargeInPolicy = {
  minimumCharacters: 4,
  backChannel: [
    'mm',
    'mmm',
    'hm',
    'hmm',
    'mhm',
    'mm-hm',
    'mm-hmm',
    'uh',
    'uh-huh',
    'huh',
    'ah',
    'aha',
    'oh',
    'ok',
    'okay',
    'yeah',
    'yep',
    'yes',
    'right',
    'sure',
    'i see',
    'got it',
  ],
  greeting: true,
  speaking: true,
};

/**
 * What one call is told before it begins: plain JSON, kept in the journal's first entry.
 *
 * The server makes it from the agent profile and the settings.
 */
export interface CallBrief {
  readonly callSid: string;
  /** Profile name, for example `continental`. */
  readonly agent: string;
  readonly script: Script;
  readonly deadlines: Deadlines;
  readonly bargeIn: BargeInPolicy;
  /** Topic that the first caller turn is expected to be about. */
  readonly openingTopic: string;
  /** Phrases, lower case, that hand the call to the emergency number as soon as the reply says one. */
  readonly emergencyPhrases: readonly string[];
  readonly human?: Destination;
  readonly emergency?: Destination;
}
