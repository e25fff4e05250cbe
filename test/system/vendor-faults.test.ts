import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callRecord } from '../../journal/call-record.ts';
import { conversationState } from '../../journal/describe-step.ts';
import type { CallSnapshot } from '../../journal/replay.ts';
import { until } from '../support/until.ts';
import { AURA_ROWS } from './vendor-faults/aura-rows.ts';
import { FLUX_ROWS } from './vendor-faults/flux-rows.ts';
import { OPENAI_ROWS } from './vendor-faults/openai-rows.ts';
import type { Outcome, Row } from './vendor-faults/row.ts';
import { BRING } from './vendor-faults/states.ts';
import { TWILIO_ROWS } from './vendor-faults/twilio-rows.ts';
import { createWorld, LONGEST_WAIT_MS, PROOF, PROOF_ANSWER, type World } from './vendor-faults/world.ts';

/** Every cell: what breaks, where, while the call is in which state, and what its caller gets. */
const ROWS: readonly Row[] = [...FLUX_ROWS, ...OPENAI_ROWS, ...AURA_ROWS, ...TWILIO_ROWS];

/** So many calls at the same time; each has a server and vendors of its own. */
const LANES = 12;
/** A silence may be as long as two waits, and the machine may be busy (ms). */
const LONGEST_SILENCE_MS = 4 * LONGEST_WAIT_MS;

/** A call that goes on for longer is stuck (ms). The longest takes 8,000. */
const STUCK_MS = 30_000;

/** What became of one row. */
interface Result {
  readonly outcome: Outcome;
  /** The longest wait for a sound of somebody who owed one (ms); infinite when none came. */
  readonly silenceMs: number;
  readonly said: readonly string[];
  readonly divergedAt: number | undefined;
  readonly left: unknown;
}

const listens = (snapshot: CallSnapshot): boolean =>
  conversationState(snapshot) === 'listening.quiet' &&
  typeof snapshot.value === 'object' &&
  snapshot.value.active.recognition === 'live';

const answered = ({ context }: CallSnapshot): boolean => {
  const last = context.history.at(-1);
  return last?.role === 'assistant' && last.text === PROOF_ANSWER;
};

/** The caller asks until the agent has answered, as callers do. */
async function proves(world: World): Promise<void> {
  for (let done = false; !done; ) {
    await world.until(listens);
    world.says(PROOF);
    await world.until((snapshot) => !listens(snapshot));
    await world.until((snapshot) => {
      done = answered(snapshot);
      return listens(snapshot);
    });
  }
}

function outcomeOf({ heard, states }: World, struckAt: number, hungUp: boolean): Outcome {
  const types = new Set(heard.map(({ event }) => event.type));
  if (types.has('dial')) return 'human';
  if (types.has('say')) return 'carrier';
  if (!hungUp) return 'goodbye';
  const sorry = states.some(({ at, state }) => at >= struckAt && /^(apologising|declining)/.test(state));
  return sorry ? 'apology' : 'recovered';
}

/** From the moment at which the caller is owed a sound to that sound, whoever makes it. */
function longestSilence({ heard, owed }: World): number {
  const sounds = heard.flatMap(({ at, event }) =>
    ['agentAudio', 'say', 'dial'].includes(event.type) || (event.type === 'mark' && event.played) ? [at] : [],
  );
  const waits = owed.map((since) => (sounds.find((at) => at >= since) ?? Number.POSITIVE_INFINITY) - since);
  return Math.max(0, ...waits);
}

/** @throws Error telling the way of a call that goes on and on */
async function unlessStuck<T>({ states }: World, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`stuck: ${states.map(({ state }) => state).join(' → ')}`)), STUCK_MS);
  });
  return Promise.race([promise, stuck]).finally(() => clearTimeout(timer));
}

async function play(row: Row): Promise<Result> {
  const world = await createWorld(row);
  try {
    if (row.state === 'greeting') await row.arm?.(world);
    await world.dial();
    const { call, server, listen, deepgram, openai } = world;
    let struckAt = 0;
    const conversation = async (): Promise<void> => {
      if (row.state !== 'greeting') {
        await BRING.listening(world);
        await row.arm?.(world);
      }
      struckAt = performance.now();
      await BRING[row.state](world);
      if (row.state !== 'listening' && row.state !== 'hearing') world.owed.push(performance.now());
      await row.strike?.(world);
      world.goOn();
      await proves(world);
    };
    const hungUp = await unlessStuck(
      world,
      Promise.race([call.ended.then(() => false), conversation().then(() => true)]),
    );
    if (hungUp) await call.hangUp();
    const { divergedAt, transcript } = callRecord(await server.journalOf(call.callSid));
    const left = { ...world.remains(), calls: server.calls.live };
    await server.stop();
    await Promise.all(openai.requests.map(({ settled }) => settled));
    await listen.until(() => listen.connections.every(({ isClosed }) => isClosed));
    await until(() => deepgram.openSockets === 0);
    return {
      outcome: outcomeOf(world, struckAt, hungUp),
      silenceMs: longestSilence(world),
      said: transcript.flatMap((line) => (line.role === 'user' ? [line.text] : [])),
      divergedAt,
      left,
    };
  } finally {
    await world.close();
  }
}

describe('every fault, at every hop, in every state in which it can strike', () => {
  const results = new Map<Row, Promise<Result>>();
  beforeAll(() => {
    const lanes: Promise<unknown>[] = Array(LANES).fill(Promise.resolve());
    for (const [index, row] of ROWS.entries()) {
      const lane = index % LANES;
      const result = Promise.resolve(lanes[lane]).then(() => play(row));
      results.set(row, result);
      lanes[lane] = result.catch(() => {});
    }
  });

  // Also when only some of the rows are asked for.
  afterAll(() => Promise.allSettled(results.values()), 60_000);

  it.each(ROWS.map((row) => [row.hop, row.fault, row.state, row.outcome, row] as const))(
    '%s: %s while %s: %s',
    async (_hop, _fault, _state, outcome, row) => {
      const result = await results.get(row);
      expect(result).toMatchObject({
        outcome,
        divergedAt: undefined,
        left: { actors: [], timers: [], calls: 0 },
        ...(row.said && { said: row.said }),
      });
      expect(result?.silenceMs).toBeLessThan(LONGEST_SILENCE_MS);
    },
    60_000,
  );
});
