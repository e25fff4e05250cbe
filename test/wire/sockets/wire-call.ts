import type { AnyActorRef } from 'xstate';
import { createDeepgramServer, type DeepgramServer } from '../../../emulators/deepgram/server.ts';
import type { CallBrief } from '../../../machines/call/brief.ts';
import { connectCall } from '../../../machines/call/connect-call.ts';
import type { Digit, OperatorEvent } from '../../../machines/call/events.ts';
import type { Engines } from '../../../server/engines.ts';
import { type LocalServer, localServer } from '../../system/local-server.ts';
import type { AnswerEnd, CarrierAnswer, Hands, TurnSaid } from '../hands.ts';
import { HeldToolbox } from '../held-toolbox.ts';
import { LONG_MS, type PaperCall } from '../paper/paper-call.ts';
import type { PhoneMessage, Seen, Sight } from '../sight.ts';
import { Changes } from './changes.ts';
import { NEVER_MS, openPatientEngines } from './patient-engines.ts';
import { WatchedClock } from './watched-clock.ts';
import { WireCarrier } from './wire-carrier.ts';
import { WireFlux } from './wire-flux.ts';
import { WireModel } from './wire-model.ts';
import { WirePhone } from './wire-phone.ts';
import { WireVoice } from './wire-voice.ts';

const API_KEY = 'emulated-key-of-nobody';
const ACCOUNT = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'a-real-looking-auth-token' } as const;

interface Parts {
  readonly callSid: string;
  readonly seen: readonly Seen[];
  readonly changes: Changes;
  readonly clock: WatchedClock;
  readonly toolbox: HeldToolbox;
  readonly flux: WireFlux;
  readonly voice: WireVoice;
  readonly model: WireModel;
  readonly carrier: WireCarrier;
  readonly deepgram: DeepgramServer;
  readonly engines: Engines;
  readonly server: LocalServer;
  readonly phone: WirePhone;
  /** Lets the carrier play for so long (ms). */
  readonly play: (ms: number) => void;
}

/** One call of a real server over real sockets, with a telephone, vendors and a carrier of its own. */
export class WireCall implements Hands, Sight {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Starts everything and dials.
   *
   * @param connect for a server with a fault in it. Default: the server's own
   */
  static async open(brief: CallBrief, connect: typeof connectCall = connectCall): Promise<WireCall> {
    const changes = new Changes();
    const changed = (): void => changes.changed();
    const [clock, toolbox, seen] = [new WatchedClock(changed), new HeldToolbox(), [] as Seen[]];
    const [flux, voice] = [new WireFlux(changed), new WireVoice(changes)];
    const [model, carrier, deepgram] = await Promise.all([
      WireModel.open(API_KEY, changed),
      WireCarrier.open(ACCOUNT, changed),
      createDeepgramServer({ apiKey: API_KEY, endpoints: [flux.endpoint, voice.endpoint] }),
    ]);
    const engines = openPatientEngines({
      apiKey: API_KEY,
      deepgramUrl: deepgram.baseUrl,
      openAiUrl: model.emulator.baseUrl,
    });
    let nowMs = 0;
    const server = await localServer(
      {
        TWILIO_ACCOUNT_SID: ACCOUNT.accountSid,
        TWILIO_AUTH_TOKEN: ACCOUNT.authToken,
        TWILIO_API_BASE_URL: carrier.rest.baseUrl,
        DEEPGRAM_API_KEY: API_KEY,
        OPENAI_API_KEY: API_KEY,
      },
      {
        engines,
        clock,
        now: () => nowMs,
        brief: () => brief,
        connect: (ports, options) => connect({ ...ports, toolbox }, options),
        startTimeoutMs: NEVER_MS,
        deadLineMs: NEVER_MS,
        requestTimeoutMs: NEVER_MS,
        carrierTimeoutMs: NEVER_MS,
        onCall: (session) => {
          session.watch((event, snapshot) => {
            seen.push({ event, snapshot });
            changed();
          });
        },
      },
    );
    const { callSid } = brief;
    const phone = new WirePhone({ url: server.url, ...ACCOUNT, callSid, changed });
    carrier.rest.registry.add(phone);
    const play = (ms: number): void => {
      nowMs += ms;
    };
    await phone.dial();
    return new WireCall({
      callSid,
      seen,
      changes,
      clock,
      toolbox,
      flux,
      voice,
      model,
      carrier,
      deepgram,
      engines,
      server,
      phone,
      play,
    });
  }

  get seen(): readonly Seen[] {
    return this.#parts.seen;
  }

  get phone(): readonly PhoneMessage[] {
    return this.#parts.phone.messages;
  }

  get timers(): readonly number[] {
    return this.#parts.clock.time.remaining;
  }

  /** Resolves when everything has come that came on paper. What came too much is found by comparing. */
  catchesUp(paper: PaperCall): Promise<void> {
    const { changes, flux, model, carrier, toolbox, voice } = this.#parts;
    const conditions: readonly (readonly [what: string, holds: () => boolean])[] = [
      ['events', () => this.seen.length >= paper.seen.length],
      ['messages to the phone', () => this.phone.length >= paper.phone.length],
      ['timers', () => this.timers.join() === paper.timers.join()],
      ['sessions of Flux', () => flux.sessions >= paper.flux.sessions],
      ['requests to the model', () => model.requests >= paper.model.requests],
      ['requests to the carrier', () => carrier.requests >= paper.carrier.requests],
      ['calls of tools', () => toolbox.runs >= paper.toolbox.runs],
      ['the sentence under way', () => paper.voice.speech === undefined || voice.waits(paper.voice.spoken)],
    ];
    return changes.until(
      () => conditions.every(([, holds]) => holds()),
      () => conditions.flatMap(([what, holds]) => (holds() ? [] : [what])).join(', '),
    );
  }

  fluxConnects(): void {
    this.#parts.flux.connect();
  }

  fluxBreaks(): void {
    this.#parts.flux.break();
  }

  fluxRefuses(): void {
    this.#parts.flux.refuse();
  }

  fluxSays(said: TurnSaid): void {
    this.#parts.flux.say(said);
    this.#parts.phone.frames();
  }

  modelWrites(text: string): void {
    this.#parts.model.write(text);
  }

  get modelIsAsked(): boolean {
    const { reply } = this.seen.at(-1)?.snapshot.children ?? {};
    return (reply as AnyActorRef | undefined)?.getSnapshot().children.draft !== undefined;
  }

  async modelWritesLetter(): Promise<void> {
    const { model, changes, clock } = this.#parts;
    const before = clock.timersSet;
    model.write('a');
    // The chart gives the model its time anew after each piece.
    await changes.until(
      () => clock.timersSet > before,
      () => 'a letter of the model',
    );
  }

  modelEnds(how: AnswerEnd): void {
    this.#parts.model.end(how);
  }

  toolReturns(): void {
    this.#parts.toolbox.giveBack();
  }

  voiceBegins(): Promise<void> {
    return this.#parts.voice.begin();
  }

  voiceCompletes(): Promise<void> {
    return this.#parts.voice.complete();
  }

  voiceFails(): void {
    this.#parts.voice.fail();
  }

  phoneHears(): void {
    this.#parts.phone.returnMarks();
    this.#parts.phone.frames();
  }

  phoneRunsDry(): void {
    this.#parts.play(LONG_MS);
    this.#parts.phone.frames();
  }

  phonePresses(digit: Digit): void {
    this.#parts.phone.press(digit);
  }

  phoneHangsUp(): void {
    this.#parts.phone.hangUp();
  }

  phoneDrops(): void {
    this.#parts.phone.drop();
  }

  carrierReportsEnd(): void {
    void this.#parts.phone.reportEnd();
  }

  carrierAnswers(how: CarrierAnswer): void {
    // Nobody waits any more for what was given up, and the SDK would go on repeating it.
    if (this.seen.at(-1)?.snapshot.children.transfer) this.#parts.carrier.answer(how);
  }

  operator(event: OperatorEvent): void {
    const { server, callSid } = this.#parts;
    server.session(callSid).send(event);
  }

  timePasses(): void {
    this.#parts.clock.time.next();
  }

  timePassesBy(ms: number): void {
    this.#parts.clock.time.advance(ms);
  }

  settled(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** What Twilio is told to do with the caller once the call is over, as JSON of an `AfterCall`. */
  afterwards(): Promise<string> {
    return this.#parts.phone.afterwards();
  }

  async close(): Promise<void> {
    const { phone, carrier, server, clock, engines, deepgram, model } = this.#parts;
    phone.drop();
    carrier.release();
    // Only time ends a call whose line is gone.
    for (await this.settled(); server.calls.live > 0; await this.settled()) clock.time.next();
    await server.stop();
    await Promise.all(Object.values(engines).map((engine) => engine.close()));
    await Promise.all([deepgram.close(), model.emulator.close(), carrier.rest.close()]);
  }
}
