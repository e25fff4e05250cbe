import type { CallBrief } from '../../../machines/call/brief.ts';
import { connectCall } from '../../../machines/call/connect-call.ts';
import type { CallEvent } from '../../../machines/call/events.ts';
import type { CallPorts } from '../../../machines/call/ports.ts';
import { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { BRIEF } from '../call-on-paper.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { CallerOnClock } from './caller.ts';
import { CarrierOnClock } from './carrier.ts';
import { type Answer, ModelOnClock, toolsOnClock } from './model.ts';
import { Timeline } from './timeline.ts';
import { textOf, VOICE_PACE, VoiceOnClock, type VoicePace } from './voice.ts';

/** What a test says about a call on the clock. */
export interface CallSetting {
  readonly answers?: readonly Answer[];
  readonly brief?: Partial<CallBrief>;
  readonly voice?: Partial<VoicePace>;
  /** How long each tool takes (ms). Default 2,000. */
  readonly toolMs?: number;
  /** What is not scripted, but real. */
  readonly ports?: Partial<CallPorts>;
}

/** The frames of the caller that the media plane receives, one each 20 ms. */
const TICK_MS = 20;

/** The product's word for where a conversation is: `listening`, `speculating`, `thinking`, `speaking`, … */
function wordOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [outer, inner] = Object.entries(value as object)[0] ?? ['', ''];
  if (outer === 'responding' || (outer === 'thinking' && wordOf(inner) === 'speculating')) return wordOf(inner);
  return outer;
}

const conversationOf = (value: unknown): unknown =>
  typeof value === 'string' ? value : (value as { active: { conversation: unknown } }).active.conversation;

/** Promises that are due are kept. */
const settled = (): Promise<void> => new Promise(setImmediate);

/**
 * The call chart with its real actors and the real playout, on a virtual clock. Caller, recogniser, model, voice, tools and
 * carrier are scripted to the millisecond, and so is all that comes of it.
 *
 * Time counts from the start, or from {@link listening}.
 */
export function callOnClock({ answers = [], brief = {}, voice = {}, toolMs = 2000, ports = {} }: CallSetting = {}) {
  const pace = { ...VOICE_PACE, ...voice };
  const clock = new VirtualClock();
  const timeline = new Timeline(clock);
  const carrier = new CarrierOnClock(clock, timeline, (name) => playout.markReturned(name));
  const playout = new CarrierPlayout({ wire: carrier, now: () => clock.now, audioClock: () => clock.now });
  const caller = new CallerOnClock(timeline);
  const model = new ModelOnClock(timeline, answers);
  const connected: CallPorts = {
    speechToText: caller,
    callerAudio: { attach: () => () => {} },
    languageModel: model,
    toolbox: toolsOnClock(timeline, toolMs),
    textToSpeech: new VoiceOnClock(timeline, pace),
    playout,
    callControl: {
      transfer: async (destination) => timeline.note(`transfer ${'number' in destination ? destination.number : ''}`),
    },
    ...ports,
  };
  const call = connectCall(connected, { clock, input: { ...BRIEF, ...brief } });
  let state = '';
  call.subscribe(({ value }) => {
    const word = wordOf(conversationOf(value));
    if (word === state) return;
    state = word;
    timeline.noteState(word);
  });
  call.start();
  const tick = (): void => {
    playout.tick();
    if (call.getSnapshot().status === 'active') clock.setTimeout(tick, TICK_MS);
  };
  tick();

  return {
    caller,
    /** Requests to the model, oldest first. */
    requests: model.requests,
    send: (at: number, event: CallEvent) => timeline.at(at, () => call.send(event)),
    /** ms since time counts. */
    get now() {
      return timeline.now;
    },
    /** Lets time pass up to and with this moment. */
    async until(ms: number) {
      await settled();
      const until = clock.now + ms - timeline.now;
      while (clock.next(until)) await settled();
      clock.advance(until - clock.now);
    },
    /** Lets the greeting be heard; the call begins to listen at 0. */
    async listening() {
      await settled();
      while (state !== 'listening' && clock.next()) await settled();
      while (clock.next(clock.now)) await settled();
      timeline.zero();
      return this;
    },
    /** What happened, to the millisecond: states of the conversation, and what model, voice and carrier had to do. */
    get timeline() {
      return timeline.lines;
    },
    /** The states alone. */
    get states() {
      return timeline.states;
    },
    /** What the caller heard from this moment on (0: since time counts), read back from the very bytes; pauses left out. */
    heard: (sinceMs = 0) => textOf(carrier.playedSince(clock.now - timeline.now + sinceMs), pace.msPerCharacter),
    get history() {
      return call.getSnapshot().context.history;
    },
    get output() {
      return call.getSnapshot().output;
    },
  };
}

/** A call that has greeted and listens; the model gives these answers, one after the other. */
export const callWith = (...answers: Answer[]) => callOnClock({ answers }).listening();
