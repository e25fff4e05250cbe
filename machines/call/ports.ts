import type { CallerEvent, Failure, PlayoutEvent } from './events.ts';

/**
 * What a call needs from the world. Charts name these ports, `services/` implements them in plain TypeScript that knows
 * nothing of XState, and the thin actors beside each chart turn a port into an actor.
 *
 * Units everywhere: time in milliseconds, audio as µ-law bytes, 8,000 Hz, mono (one byte is one sample, 8 bytes are 1 ms).
 */

/**
 * How an actor finds a port of the call that it lives in, by the call's actor system: all calls share one chart, each has ports
 * of its own.
 */
export type PortOf<Port> = (system: object) => Port;

/** One entry of what was said, oldest first. Assistant entries hold only what the caller heard. */
export type Message =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly interrupted?: true }
  | { readonly role: 'toolCall'; readonly id: string; readonly name: string; readonly arguments: string }
  | { readonly role: 'toolResult'; readonly id: string; readonly result: string };

/** Turns the caller's audio into the five `caller.*` words. One session per connection, for the whole call. */
export interface SpeechToText {
  /**
   * Opens a listening session; resolves once audio may be written.
   *
   * @throws a service error (`{ code, message, retryable }`) when it cannot be opened
   */
  open(options: SpeechToTextOptions): Promise<SpeechToTextSession>;
}

export interface SpeechToTextOptions {
  /** Ends the session at once, at any time, also while it opens. Nothing is reported afterwards. */
  readonly signal: AbortSignal;
  /** What the agent expects to hear first; see {@link SpeechToTextSession.expect}. */
  readonly topic: string;
  /** Called synchronously for each thing the caller does. Texts are what was recognised, lower or mixed case. */
  on(event: CallerEvent): void;
  /** Called once, when an open session ends by itself. */
  onLost(failure: Failure): void;
}

export interface SpeechToTextSession {
  /** Takes the caller's next audio: µ-law, 8 kHz, any length, silence included. Never throws, never blocks. */
  write(audio: Uint8Array): void;
  /**
   * Says what is talked about now, so that the engine can listen for it: a grammar for a local engine, thresholds or
   * key terms for a remote one. An unknown topic means "anything".
   */
  expect(topic: string): void;
}

/** The caller's audio on its way to the recogniser. Keeps what arrives while nobody listens, up to a few seconds. */
export interface CallerAudio {
  /** Hands all kept and all later audio to `sink`, in order. @returns detaches it */
  attach(sink: (audio: Uint8Array) => void): () => void;
}

/** Writes what to say next: a language model, or a rule-based brain. */
export interface LanguageModel {
  /** Streams one answer. Aborting `signal` ends the iteration silently. @throws a service error on failure */
  stream(request: ReplyRequest, signal: AbortSignal): AsyncIterable<ReplyPart>;
}

export interface ReplyRequest {
  readonly history: readonly Message[];
  /** False after too many tool rounds: the model must answer in words. */
  readonly toolsAllowed: boolean;
}

export type ReplyPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'toolCall'; readonly id: string; readonly name: string; readonly arguments: string }
  /** Always the last part. `expects` names the topic of the caller's likely answer. */
  | { readonly type: 'finish'; readonly reason: 'stop' | 'toolCalls' | 'length'; readonly expects?: string };

/** Runs the model's tool calls: bookings, look-ups. One per call, so that what it stores belongs to the call. */
export interface Toolbox {
  /** @returns the result as text for the model. @throws a service error; the model is told, the call goes on */
  run(call: { readonly name: string; readonly arguments: string }, signal: AbortSignal): Promise<string>;
}

/** Speaks. One stream per turn. */
export interface TextToSpeech {
  /** Opens a stream; must be cheap and synchronous. Aborting `signal` silences it at once and for ever. */
  open(sink: VoiceSink, signal: AbortSignal): VoiceStream;
}

export interface VoiceStream {
  /** Queues one sentence. Indices rise by one from 0. */
  say(index: number, text: string): void;
  /** No more sentences will come. */
  end(): void;
}

/** Where a voice delivers, in order: all audio of a sentence, its end, the next sentence, …, finished. */
export interface VoiceSink {
  /** µ-law, 8 kHz, any length. */
  audio(index: number, mulaw: Uint8Array): void;
  sentenceEnd(index: number): void;
  /** Once, after `end()` and the last sentence. */
  finished(): void;
  /** Once; nothing follows. */
  failed(failure: Failure): void;
}

/**
 * The agent's audio on its way to the caller: an epoch gate, 20 ms frames, a mark behind each sentence, and a ledger of
 * what was heard. Everything is synchronous.
 *
 * Each stretch of speech has an epoch. The first write of a higher epoch begins it; a write of a lower epoch than the
 * highest seen (by a write or a cut) is discarded.
 */
export interface Playout {
  write(epoch: number, sentence: number, mulaw: Uint8Array): void;
  /** All audio of the sentence was written: pads the last frame with silence and sends the sentence's mark. */
  endSentence(epoch: number, sentence: number): void;
  /** All sentences were written: when the last sound was heard, `playout.finished` follows (at once for an empty turn). */
  end(epoch: number): void;
  /**
   * Cuts everything the caller has not heard yet; from now on only `epoch` and higher may sound. Sends one `clear` when
   * anything may still be waiting at the carrier, none otherwise. Answers with `playout.cut` when a stretch was under way.
   */
  cut(epoch: number): void;
  /** Takes what is written of this epoch, and sends none of it until it is released. A cut drops it. */
  hold(epoch: number): void;
  /** Lets the held epoch sound, from its beginning. */
  release(epoch: number): void;
  /**
   * Begins `epoch` with what was retained of the stretch that was cut last: its unheard sentences become sentences 0, 1, … of
   * this one, the first without its first `skipMs`. Further sentences may be written behind them, and `end` is still due.
   */
  replay(epoch: number, skipMs: number): void;
  /** @returns unsubscribes */
  subscribe(listener: (event: PlayoutEvent) => void): () => void;
}

/** Where a call can be handed to: a number, or a queue that people take callers from. An emergency is always a number. */
export type Destination = NumberDestination | QueueDestination;

export interface NumberDestination {
  readonly kind: 'human' | 'emergency';
  /** E.164, for example +14155550100. */
  readonly number: string;
}

export interface QueueDestination {
  readonly kind: 'human';
  /** Name of a queue at the carrier, or the SID (WW…) of a workflow that hands its callers out. */
  readonly queue: string;
  /** For whoever takes the caller; the call adds it to the destination of its brief as it hands over. */
  readonly note?: HandOverNote;
}

/** Why a caller is handed over: somebody asked for it (caller, model, operator), the agent failed, or there is none. */
export type HandOverReason =
  | 'requested'
  | 'agent-failed'
  | 'voice-failed'
  | 'recognition-failed'
  | 'line-dropped'
  | 'no-agent';

/** What is told of a caller who is handed over. It leaves the system, so it never holds a word of what was said. */
export interface HandOverNote {
  readonly callSid: string;
  /** Profile name, for example `continental`. */
  readonly agent: string;
  readonly reason: HandOverReason;
  /** How often the caller spoke to the agent. */
  readonly turns: number;
}

/** Changes the live call at the carrier. */
export interface CallControl {
  /** Hands the caller to another number. @throws a service error when the carrier refuses */
  transfer(destination: Destination, signal: AbortSignal): Promise<void>;
}

/** All ports of one call. Made by the server, one set per call. */
export interface CallPorts {
  readonly speechToText: SpeechToText;
  readonly callerAudio: CallerAudio;
  readonly languageModel: LanguageModel;
  readonly toolbox: Toolbox;
  readonly textToSpeech: TextToSpeech;
  readonly playout: Playout;
  readonly callControl: CallControl;
}
