import { decodeMulawInto } from '../../../codecs/g711/mulaw.ts';
import { type CallerEvent, UNINTELLIGIBLE } from '../../../machines/call/events.ts';
import type { GrammarDecoder } from './decoder.ts';
import { type Edge, Endpointer, type Endpointing, FRAME_MS } from './endpointer.ts';
import { FRAME_SAMPLES, FrameRing } from './frame-ring.ts';
import { type Hypothesis, interpret, type Segment } from './hypothesis.ts';
import { VoiceActivity } from './voice-activity.ts';

/** Sound before the onset that belongs to the utterance (ms): soft consonants, and silence for the model to begin in. */
const PREROLL_MS = 300;
/** Silence after speech that the decoder hears (ms): the rest it hears only if speech goes on. */
const TRAIL_MS = 200;
/** Frames for which a partial text must stay the same before it is believed. */
const STABLE_FRAMES = 3;

export interface ListenerOptions {
  readonly decoder: GrammarDecoder;
  readonly endpointing: Endpointing;
  readonly topic: string;
  report(event: CallerEvent): void;
}

/** A result of the decoder: its text, and its words aligned with the sound. */
interface Heard {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** How far an utterance has come. */
interface Progress {
  /** Where its first sample lies (ms since the stream began); negative when it began with the stream. */
  readonly startMs: number;
  /** The newest partial text, and for how many frames it has been the same. */
  partial: string;
  stableFrames: number;
  /** The last interim that was reported. */
  interim: string;
  /** What was heard until the pause that lasts, if one does. */
  paused: Heard | undefined;
  /** Whether an eager end of turn was reported and not taken back. */
  eager: boolean;
  /** Frames of trailing silence that the decoder has not heard. */
  unheardFrames: number;
}

/**
 * One caller's ear: audio in, the five words of turn-taking out. The decoder works only while somebody speaks, so a
 * silent caller costs next to nothing.
 */
export class Listener {
  readonly decoder: GrammarDecoder;
  readonly #report: (event: CallerEvent) => void;
  readonly #activity = new VoiceActivity();
  readonly #endpointer: Endpointer;
  readonly #mulaw = new Uint8Array(FRAME_SAMPLES);
  /** Bytes of `#mulaw` that wait for the rest of their frame. */
  #pending = 0;
  readonly #frame = new Int16Array(FRAME_SAMPLES);
  readonly #ring: FrameRing;
  #topic: string;
  #utterance: Progress | undefined;

  constructor({ decoder, endpointing, topic, report }: ListenerOptions) {
    this.decoder = decoder;
    this.#report = report;
    this.#endpointer = new Endpointer(endpointing);
    this.#ring = new FrameRing(Math.ceil(Math.max(PREROLL_MS, endpointing.endMs) / FRAME_MS));
    this.#topic = topic;
    decoder.listenFor(topic);
  }

  /** From the next utterance on. */
  expect(topic: string): void {
    this.#topic = topic;
    if (this.#utterance === undefined) this.decoder.listenFor(topic);
  }

  /** @param mulaw of any length */
  hear(mulaw: Uint8Array): void {
    for (let at = 0; at < mulaw.length; ) {
      const taken = Math.min(FRAME_SAMPLES - this.#pending, mulaw.length - at);
      this.#mulaw.set(mulaw.subarray(at, at + taken), this.#pending);
      this.#pending += taken;
      at += taken;
      if (this.#pending < FRAME_SAMPLES) return;
      this.#pending = 0;
      decodeMulawInto(this.#mulaw, this.#frame);
      this.#hearFrame();
    }
  }

  /** Stops listening, perhaps in the middle of an utterance; the decoder can then be given to another listener. */
  close(): void {
    if (this.#utterance !== undefined) this.decoder.end();
    this.#utterance = undefined;
  }

  #hearFrame(): void {
    const activity = this.#activity.judge(this.#frame);
    // µ-law turns a line's hiss into something like an "f", which the garbage branch gladly takes for speech.
    if (activity === 'silent') this.#frame.fill(0);
    const edge = this.#endpointer.next(activity);
    this.#ring.push(this.#frame);
    if (edge === 'started') this.#begin();
    else if (this.#utterance !== undefined) this.#goOn(this.#utterance, edge);
  }

  #begin(): void {
    this.#utterance = {
      startMs: this.#endpointer.nowMs - PREROLL_MS,
      partial: '',
      stableFrames: 0,
      interim: '',
      paused: undefined,
      eager: false,
      unheardFrames: 0,
    };
    this.#report({ type: 'caller.speechStarted' });
    this.decoder.begin();
    this.#feed(PREROLL_MS / FRAME_MS);
  }

  #goOn(utterance: Progress, edge: Edge | undefined): void {
    utterance.unheardFrames += 1;
    if (this.#endpointer.silenceMs <= TRAIL_MS) {
      this.#feed(utterance.unheardFrames);
      utterance.unheardFrames = 0;
      this.#considerInterim(utterance);
    }
    if (edge === 'paused') this.#pause(utterance);
    if (edge === 'resumed') this.#resume(utterance);
    if (edge === 'ended') this.#end(utterance);
  }

  #feed(frames: number): void {
    this.#ring.newest(frames, (samples) => this.decoder.feed(samples));
  }

  #considerInterim(utterance: Progress): void {
    const partial = this.decoder.text();
    utterance.stableFrames = partial === utterance.partial ? utterance.stableFrames + 1 : 1;
    utterance.partial = partial;
    if (utterance.stableFrames !== STABLE_FRAMES) return;
    const { text } = this.#interpret(utterance, this.decoder.segments('unaligned'), 'unaligned');
    if (!isUnderstood(text) || text === utterance.interim) return;
    utterance.interim = text;
    this.#report({ type: 'caller.interim', text });
  }

  #pause(utterance: Progress): void {
    utterance.paused = { text: this.decoder.text(), segments: this.decoder.segments('aligned') };
    const { text } = this.#interpret(utterance, utterance.paused.segments, 'aligned');
    utterance.eager = isUnderstood(text);
    if (utterance.eager) this.#report({ type: 'caller.eagerEndOfTurn', text });
  }

  #resume(utterance: Progress): void {
    if (utterance.eager) this.#report({ type: 'caller.turnResumed' });
    utterance.eager = false;
    utterance.paused = undefined;
  }

  #end(utterance: Progress): void {
    this.#utterance = undefined;
    this.decoder.end();
    const { paused } = utterance;
    // To align costs as much as to hear: an end that only confirms what was understood at the pause does without.
    const confirmed = utterance.eager && paused?.text === this.decoder.text() ? paused.segments : undefined;
    const segments = confirmed ?? this.decoder.segments('aligned');
    const heard = this.#interpret(utterance, segments, 'aligned');
    this.#report({ type: 'caller.endOfTurn', ...heard, speechEndMs: this.#endpointer.speechEndMs });
    this.decoder.listenFor(this.#topic);
  }

  #interpret({ startMs }: Progress, segments: readonly Segment[], scores: 'aligned' | 'unaligned'): Hypothesis {
    return interpret(segments, { startMs, voicedMs: this.#endpointer.voicedMs, scores });
  }
}

function isUnderstood(text: string): boolean {
  return text !== '' && text !== UNINTELLIGIBLE;
}
