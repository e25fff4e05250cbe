import { setTimeout as sleep } from 'node:timers/promises';
import { type BareRoad, measureBareRoad } from '../../support/road/bare-road.ts';
import type { RoadCall } from '../../support/road/road-call.ts';
import { startInOwnProcess } from '../../support/road/road-server.ts';
import { questionOf } from '../../support/road/script.ts';
import { type ScriptedRoad, startScriptedRoad } from '../../support/road/scripted-road.ts';
import type { LatencySuite, Stage } from '../latency.ts';

/** Sound of an answer that the phone has got when the caller interrupts (µ-law bytes): five seconds, sent in 1.25 s. */
const CUT_AFTER_BYTES = 40_000;
const SPEED = 4;
/** From the words that interrupt to the end of the turn (ms): nobody says one in less, and Flux waits for the silence behind it. */
const SPEAKS_ON_MS = 300;
const LEAST_TURNS = 20;
/** Roughly, one question, the beginning of its answer, and the interruption (ms). */
const TURN_MS = 1600;
/** Nobody measures a server that has just begun: these calls pay for connections and for code that was never run. */
const WARM_UP = { callers: 10, turns: 8 };

/**
 * The main road at 1 and at 20 calls at the same time, each answer interrupted.
 *
 * The server has a process of its own, and a core where there are two. All times are of the other process, where the phones
 * and the vendors are: from the moment at which an emulator sends to the moment at which one has received, so both crossings
 * of the loopback, and the wait for the server's turn, are in each figure. What the crossings alone take on this machine, to a
 * process that answers at once, is measured right before.
 */
export const suite: LatencySuite = {
  about: 'Twilio → Flux → OpenAI → Aura over the SDKs: what our code adds to what the caller waits',
  scenarios: [1, 20].map((callers) => ({
    title: callers === 1 ? '1 call' : `${callers} calls at once`,
    run: (timeMs) => measure(callers, Math.max(LEAST_TURNS, Math.ceil(timeMs / TURN_MS))),
  })),
};

async function measure(callers: number, turns: number): Promise<readonly Stage[]> {
  const road = await startScriptedRoad({ speed: SPEED, completes: () => false, startServer: startInOwnProcess });
  try {
    await talkAll(road, WARM_UP.callers, WARM_UP.turns);
    const bare = await measureBareRoad(road.core);
    return stagesOf(await talkAll(road, callers, turns), bare);
  } finally {
    await road.stop();
  }
}

async function talkAll(road: ScriptedRoad, callers: number, turns: number): Promise<readonly TurnTimes[]> {
  const talks: Promise<readonly TurnTimes[]>[] = [];
  while (talks.length < callers) talks.push(talk(await road.dial(), turns));
  return (await Promise.all(talks)).flat();
}

/** When (ms) each thing of a turn happened, from the words that interrupt the turn before. */
interface TurnTimes {
  readonly spokenOver: number;
  readonly cleared: number;
  readonly aborted: number;
  readonly silenced: number;
  readonly turnEnded: number;
  readonly requested: number;
  readonly sentence: number;
  readonly speak: number;
  readonly audio: number;
  readonly media: number;
}

/** So many turns, each of them interrupted by the next. */
async function talk(call: RoadCall, turns: number): Promise<readonly TurnTimes[]> {
  const { caller, phone } = call;
  await call.waitFor('heard');
  const times: TurnTimes[] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    const question = questionOf({ caller, turn });
    const over = call.crossings.length;
    call.recognise(question);
    const cut = turn === 0 ? undefined : await interruption(call, turn - 1, over);
    await sleep(SPEAKS_ON_MS);
    const ended = call.crossings.length;
    call.endTurn(question);
    const answer = await answered(call, turn, ended);
    if (cut) times.push({ ...cut, ...answer });
    await call.soundOf(CUT_AFTER_BYTES);
  }
  await phone.hangUp();
  return times;
}

/** What the words that crossed at `from` did to the answer of this turn. */
async function interruption(call: RoadCall, turn: number, from: number) {
  const isOfTurn = (crossing: { readonly turn: number }): boolean => crossing.turn === turn;
  const { atMs: spokenOver } = await call.waitFor('StartOfTurn', undefined, from);
  const { atMs: cleared } = await call.waitFor('clear', undefined, from);
  const { atMs: aborted } = await call.waitFor('aborted', isOfTurn, from);
  const { atMs: silenced } = await call.waitFor('silence', isOfTurn, from);
  return { spokenOver, cleared, aborted, silenced };
}

/** How the question whose end crossed at `from` was answered. */
async function answered(call: RoadCall, turn: number, from: number) {
  const isOfTurn = (crossing: { readonly turn: number }): boolean => crossing.turn === turn;
  const { atMs: turnEnded } = await call.waitFor('EndOfTurn', undefined, from);
  const { atMs: requested } = await call.waitFor('request', isOfTurn, from);
  const { atMs: sentence } = await call.waitFor('sentence', isOfTurn, from);
  const { atMs: speak } = await call.waitFor('speak', isOfTurn, from);
  const { atMs: audio } = await call.waitFor('audio', isOfTurn, from);
  const { atMs: media } = await call.waitFor('media', undefined, from);
  return { turnEnded, requested, sentence, speak, audio, media };
}

function stagesOf(turns: readonly TurnTimes[], { toRequest, toMessage }: BareRoad): readonly Stage[] {
  const stage = (
    name: string,
    targetMs: number,
    ms: (turn: TurnTimes) => number,
    bareMs?: readonly number[],
  ): Stage => ({ name, targetMs, samplesMs: turns.map(ms), ...(bareMs && { bareMs }) });
  const toModel = ({ turnEnded, requested }: TurnTimes): number => requested - turnEnded;
  const toVoice = ({ sentence, speak }: TurnTimes): number => speak - sentence;
  const toPhone = ({ audio, media }: TurnTimes): number => media - audio;
  return [
    stage('end of turn → model request', 2, toModel, toRequest),
    stage('first sentence → Speak', 2, toVoice, toMessage),
    stage('first sound of the voice → phone', 2, toPhone, toMessage),
    stage('our share of what the caller waits', 15, (turn) => toModel(turn) + toVoice(turn) + toPhone(turn)),
    stage(
      'speech over the agent → clear at the phone',
      2,
      ({ spokenOver, cleared }) => cleared - spokenOver,
      toMessage,
    ),
    stage('speech over the agent → model request aborted', 20, ({ spokenOver, aborted }) => aborted - spokenOver),
    stage('speech over the agent → voice told to stop', 20, ({ spokenOver, silenced }) => silenced - spokenOver),
  ];
}
