import type { Destination } from './ports.ts';

/** The lines an agent says without a model. Each is one or more sentences, spoken one after the other. */
export interface Script {
  /** What the law wants said first ("This call is recorded."): nothing but the end of the call cuts it short. May be empty. */
  readonly disclosure: readonly string[];
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
  /** Said when a tool keeps a silent caller waiting. Without one the agent stays silent. */
  readonly filler?: string;
}

/** How long each wait may last (ms). */
export interface Deadlines {
  /** Between two interruptions: echo and noise bursts come in clusters. */
  readonly debounce: number;
  /** After an interruption that turned out to mean nothing, the agent goes on. */
  readonly falseInterruption: number;
  readonly replyFirstToken: number;
  readonly toolTimeout: number;
  /** Silence while a tool is at work, before the filler line. */
  readonly fillerAfter: number;
  /** An answer to a turn that may not have ended is kept so long. */
  readonly speculationCap: number;
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
  /** An operator who took the call over and does nothing has gone: the agent takes it back. */
  readonly operatorAbsence: number;
  /** Between a socket that is gone and the end of the call. */
  readonly lineGrace: number;
}

export const DEFAULT_DEADLINES: Deadlines = {
  debounce: 400,
  falseInterruption: 2000,
  replyFirstToken: 4000,
  toolTimeout: 8000,
  fillerAfter: 700,
  speculationCap: 5000,
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
  operatorAbsence: 120_000,
  lineGrace: 1000,
};

/** What may take the floor from the agent in one kind of state. */
export interface FloorPolicy {
  /** Whether speech may. */
  readonly speech: boolean;
  /** Whether keys may: `0` for a human, `*` to hear it again. */
  readonly keys: boolean;
  /** Interim text shorter than this never does (characters). */
  readonly minimumCharacters: number;
}

/**
 * When the caller may take the floor from the agent. Disclosure, hand-over and goodbye are protected whatever it says; a
 * caller who speaks on while the agent thinks is always heard.
 */
export interface BargeInPolicy {
  /** Phrases that mean "I am listening"; said alone, or only with each other, they never interrupt. */
  readonly backChannel: readonly string[];
  readonly greeting: FloorPolicy;
  /** Reprompts, apologies and repetitions. */
  readonly prompts: FloorPolicy;
  /** Answers. */
  readonly speaking: FloorPolicy;
  /** After an interruption that meant nothing: go on from the first unheard word, or stay silent and listen. */
  readonly falseInterruption: 'resume' | 'listen';
}

export const DEFAULT_FLOOR: FloorPolicy = { speech: true, keys: true, minimumCharacters: 4 };

export const DEFAULT_BARGE_IN: BargeInPolicy = {
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
  greeting: DEFAULT_FLOOR,
  prompts: DEFAULT_FLOOR,
  speaking: DEFAULT_FLOOR,
  falseInterruption: 'resume',
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
