import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createListenEndpoint } from '../../../../emulators/deepgram/listen/endpoint.ts';
import type { ScriptStep } from '../../../../emulators/deepgram/listen/script.ts';
import { createDeepgramServer, type DeepgramServer } from '../../../../emulators/deepgram/server.ts';
import { createDeepgramFlux } from '../../../../services/speech-to-text/deepgram-flux/speech-to-text.ts';
import { type CallerMove, meantWords } from '../../../model/orders/caller-side.ts';
import { type DrawnOrder, drawOrder } from '../../../model/orders/drawn-order.ts';
import { callOnClock } from '../../../support/on-clock/call.ts';
import { answer } from '../../../support/on-clock/model.ts';
import { WatchedRecogniser } from '../../../support/on-clock/watched-recogniser.ts';

const API_KEY = 'emulated-key-of-nobody';
const PIECE_MS = 80;
const WORDS = 20;
/** However busy the machine is, no deadline of the adapter strikes. */
const PATIENCE_MS = 600_000;
const ANSWERS = Array.from({ length: WORDS }, (_, index) =>
  answer(`r${index}s0a r${index}s0b. R${index}s1a r${index}s1b.`),
);

/** The same word as Flux's script has it; where nobody speaks, updates come by themselves. */
function stepOf({ word, events, after }: CallerMove, atMs: number): ScriptStep | undefined {
  const said = events.at(-1);
  const text = said !== undefined && 'text' in said ? said.text : after.text;
  switch (word) {
    case 'start':
      return { atMs, event: 'StartOfTurn', text };
    case 'update':
      return text === '' ? undefined : { atMs, event: 'Update', text };
    case 'eager':
      return { atMs, event: 'EagerEndOfTurn' };
    case 'resumed':
      return { atMs, event: 'TurnResumed', text };
    case 'end':
      return { atMs, event: 'EndOfTurn', text };
  }
}

/** Each word comes at the end of a piece of audio. */
const scriptOf = ({ moves }: DrawnOrder): readonly ScriptStep[] =>
  moves.map((move, index) => stepOf(move, (index + 1) * PIECE_MS)).filter((step) => step !== undefined);

const inShort = (event: object): unknown => ({ ...event, confidence: undefined, words: undefined });

type Call = Awaited<ReturnType<ReturnType<typeof callOnClock>['listening']>>;

/** What came of an order: what the call did and when, and what it remembers. */
async function outcomeOf(call: Call, { moves, pauses }: DrawnOrder, tell: (move: CallerMove) => Promise<void>) {
  for (const [index, move] of moves.entries()) {
    await tell(move);
    await call.until(call.now + (pauses[index] ?? 0));
  }
  const { timeline, history } = call;
  call.send(call.now, { type: 'line.stopped' });
  await call.until(call.now);
  return { timeline, history };
}

async function onPaper(order: DrawnOrder) {
  const call = await callOnClock({ answers: ANSWERS }).listening();
  return outcomeOf(call, order, async ({ events }) => {
    for (const event of events) call.caller.tell(event);
  });
}

describe('orders of Flux, drawn by lot and told on the wire', () => {
  let server: DeepgramServer;
  let script: readonly ScriptStep[] = [];
  const listen = createListenEndpoint({ hears: () => ({ script }) });
  beforeAll(async () => {
    server = await createDeepgramServer({ apiKey: API_KEY, endpoints: [listen] });
  });
  afterAll(() => server.close());

  async function onTheWire(order: DrawnOrder) {
    script = scriptOf(order);
    const flux = new WatchedRecogniser(
      createDeepgramFlux({
        apiKey: API_KEY,
        baseUrl: server.baseUrl,
        listening: { eagerEotThreshold: 0.5 },
        openTimeoutMs: PATIENCE_MS,
        unansweredMs: PATIENCE_MS,
      }),
    );
    const starting = callOnClock({ answers: ANSWERS, ports: { speechToText: flux, callerAudio: flux } });
    await flux.listens();
    const call = await starting.listening();
    let told = 0;
    const outcome = await outcomeOf(call, order, async ({ events }) => {
      told += events.length;
      await flux.hears(told);
    });
    await listen.until(() => listen.connections.every(({ isClosed }) => isClosed));
    return { outcome, told: flux.told };
  }

  it.each(
    Array.from({ length: 16 }, (_, seed) => seed),
  )('lead to the same call as on paper, to the millisecond: %i', async (seed) => {
    const order = drawOrder(seed, WORDS);
    const { outcome, told } = await onTheWire(order);
    expect(told.map(inShort)).toEqual(order.moves.flatMap(({ events }) => events).map(inShort));
    expect(outcome).toEqual(await onPaper(order));
    const ended = order.moves.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'caller.endOfTurn' ? [event.text] : [])),
    );
    const remembered = outcome.history.flatMap((message) => (message.role === 'user' ? [message.text] : []));
    expect(meantWords(remembered.join(' '))).toEqual(meantWords(ended.join(' ')));
  });
});
