import type { Actor } from 'xstate';
import type { CallBrief } from '../../../machines/call/brief.ts';
import { connectCall } from '../../../machines/call/connect-call.ts';
import type { Digit, LineEvent, OperatorEvent } from '../../../machines/call/events.ts';
import type { callMachine } from '../../../machines/call/machine.ts';
import { watchCall } from '../../../server/watch-call.ts';
import { CarrierPlayout } from '../../../services/telephony/playout.ts';
import { goalRecorder } from '../../support/goals.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import type { AnswerEnd, CarrierAnswer, Hands, TurnSaid } from '../hands.ts';
import { HeldToolbox } from '../held-toolbox.ts';
import { type CallSnapshot, type PhoneMessage, type Seen, type Sight, takeHeard } from '../sight.ts';
import { PaperCarrier } from './paper-carrier.ts';
import { PaperFlux } from './paper-flux.ts';
import { PaperModel } from './paper-model.ts';
import { PaperVoice } from './paper-voice.ts';

/** Frames of 20 ms that a walk sends at a time: one piece for Flux. */
export const FRAMES = 4;
/** Longer than any sound that is under way (ms). */
export const LONG_MS = 3_600_000;

/**
 * A whole call without a socket: the production charts, their actors and playout, on a clock that stands still, between
 * vendors on paper. What it does is what the wire has to do.
 */
export class PaperCall implements Hands, Sight {
  readonly clock = new VirtualClock();
  readonly seen: Seen[] = [];
  readonly phone: PhoneMessage[] = [];
  readonly flux = new PaperFlux();
  readonly model = new PaperModel();
  readonly toolbox = new HeldToolbox();
  readonly voice = new PaperVoice();
  readonly carrier = new PaperCarrier();
  /** Marks that the phone has and has not returned. */
  marks: string[] = [];
  line: 'up' | 'gone' = 'up';
  /** Whether a sound is under way that may run dry. */
  sounds = false;
  readonly #playout: CarrierPlayout;
  readonly #actor: Actor<typeof callMachine>;
  #nowMs = 0;

  /** @param onGoal told of each goal of the call chart as it is reached */
  constructor(brief: CallBrief, onGoal?: (goal: string) => void) {
    const tell = (message: PhoneMessage): void => {
      if (this.line === 'up') this.phone.push(message);
    };
    this.#playout = new CarrierPlayout({
      now: () => this.#nowMs,
      audioClock: () => 0,
      wire: {
        media: (frame) => tell(`media ${frame[0] ?? 0}`),
        mark: (name) => {
          tell(`mark ${name}`);
          if (this.line === 'up') this.marks.push(name);
        },
        clear: () => {
          tell('clear');
          // The carrier gives back what waited; nobody has heard it.
          const cleared = this.marks.splice(0);
          queueMicrotask(() => {
            for (const name of cleared) this.#playout.markReturned(name);
          });
        },
      },
    });
    this.#playout.subscribe(({ type }) => {
      this.sounds =
        type === 'playout.started' || type === 'playout.resumed' || (this.sounds && type === 'playout.heard');
    });
    const ports = {
      speechToText: this.flux,
      callerAudio: { attach: () => () => {} },
      languageModel: this.model,
      toolbox: this.toolbox,
      textToSpeech: this.voice,
      playout: this.#playout,
      callControl: this.carrier,
    };
    const { clock } = this;
    this.#actor = connectCall(ports, {
      clock,
      input: brief,
      id: brief.callSid,
      ...(onGoal && { inspect: goalRecorder('call', onGoal) }),
    });
    watchCall(
      this.#actor,
      (event, snapshot) => this.seen.push({ event, snapshot }),
      (error) => {
        throw error;
      },
    );
    this.#actor.subscribe({
      complete: () => {
        this.#playout.close();
        tell('closed');
        this.line = 'gone';
      },
      error: (error) => {
        throw error;
      },
    });
    this.#actor.start();
  }

  get snapshot(): CallSnapshot {
    return this.#actor.getSnapshot();
  }

  get isOver(): boolean {
    return this.snapshot.status !== 'active';
  }

  get timers(): readonly number[] {
    return this.clock.remaining;
  }

  fluxConnects(): void {
    this.flux.connect();
  }
  fluxBreaks(): void {
    this.flux.break();
  }
  fluxRefuses(): void {
    this.flux.refuse();
  }
  fluxSays(said: TurnSaid): void {
    this.#frames();
    this.flux.say(said);
  }
  modelWrites(text: string): void {
    this.model.write(text);
  }
  get modelIsAsked(): boolean {
    return this.model.isWriting;
  }
  modelWritesLetter(): Promise<void> {
    this.model.write('a');
    return this.settled();
  }
  modelEnds(how: AnswerEnd): void {
    this.model.end(how);
  }
  toolReturns(): void {
    this.toolbox.giveBack();
  }
  async voiceBegins(): Promise<void> {
    this.voice.begin();
    await this.settled();
  }
  async voiceCompletes(): Promise<void> {
    await this.voiceBegins();
    this.voice.complete();
  }
  voiceFails(): void {
    this.voice.fail();
  }
  phoneHears(): void {
    for (const mark of takeHeard(this.marks)) this.#playout.markReturned(mark);
    this.#frames();
  }
  phoneRunsDry(): void {
    this.#nowMs += LONG_MS;
    this.#frames();
  }
  phonePresses(digit: Digit): void {
    this.#send({ type: 'line.dtmf', digit });
  }
  phoneHangsUp(): void {
    this.#send({ type: 'line.stopped' });
    this.phoneDrops();
  }
  phoneDrops(): void {
    if (this.line === 'gone') return;
    this.phone.push('closed');
    this.line = 'gone';
    this.#send({ type: 'line.dropped' });
  }
  carrierReportsEnd(): void {
    this.#send({ type: 'line.stopped' });
  }
  carrierAnswers(how: CarrierAnswer): void {
    this.carrier.answer(how);
  }
  operator(event: OperatorEvent): void {
    this.#send(event);
  }
  timePasses(): void {
    this.clock.next();
  }
  timePassesBy(ms: number): void {
    this.clock.advance(ms);
  }
  settled(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  #send(event: LineEvent | OperatorEvent): void {
    if (!this.isOver) this.#actor.send(event);
  }

  #frames(): void {
    for (let frame = 0; frame < FRAMES; frame += 1) this.#playout.tick();
  }
}
