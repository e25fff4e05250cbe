import type { Fault } from '../../../emulators/openai/faults.ts';
import type { Outcome, Row } from './row.ts';
import { untilAborted } from './states.ts';
import { ANSWER } from './world.ts';

const openai = (fault: Fault, outcome: Outcome, count = 1, human?: false): Row => ({
  hop: 'OpenAI',
  fault: count > 1 ? `${fault} for ever` : fault,
  state: 'thinking',
  outcome,
  ...(human === false && { human }),
  arm: (world) => world.openai.inject(...Array<Fault>(count).fill(fault)),
});

/** What can go wrong with the model. */
export const OPENAI_ROWS: readonly Row[] = [
  ...(
    [
      'hang',
      'unauthorized',
      'rate limit',
      'quota',
      'server error',
      'bad gateway',
      'slow first token',
      'stall',
      'disconnect mid-stream',
      'malformed JSON',
      'error in stream',
      'no finish',
    ] as const
  ).map((fault) => openai(fault, 'apology')),
  // The connection had served before, so the request is sent once more, over a fresh one.
  openai('disconnect', 'recovered'),
  openai('open end', 'recovered'),
  openai('disconnect', 'human', 9),
  openai('server error', 'human', 9),
  openai('rate limit', 'goodbye', 9, false),
  {
    hop: 'OpenAI',
    fault: 'refuses connections for ever',
    state: 'listening',
    outcome: 'human',
    strike: (world) => world.openai.close(),
  },
  ...(['speaking', 'interrupted'] as const).flatMap((state): Row[] => [
    {
      hop: 'OpenAI',
      fault: 'hangs mid-stream',
      state,
      // A reply that was cut before the model had said all of it is asked for anew.
      outcome: state === 'speaking' ? 'apology' : 'recovered',
      arm: (world) => {
        const { answer } = world;
        world.answer = async function* (signal) {
          world.answer = answer;
          yield { type: 'text', text: `${ANSWER} And` };
          await untilAborted(signal);
        };
      },
    },
    {
      hop: 'OpenAI',
      fault: 'disconnect mid-stream',
      state,
      outcome: state === 'speaking' ? 'apology' : 'recovered',
      arm: (world) => {
        const { answer } = world;
        world.answer = async function* () {
          world.answer = answer;
          yield { type: 'text', text: `${ANSWER} And` };
          await world.reaches(state === 'speaking' ? 'responding.speaking' : 'interrupted');
          throw new Error('the connection is to break');
        };
      },
    },
  ]),
];
