import { SERVER_ERROR, TOO_MANY_REQUESTS, UNAUTHORISED } from '../../../emulators/deepgram/refusal.ts';
import { type Outcome, type Row, type State, times } from './row.ts';
import { BRING } from './states.ts';
import { type Handshake, PROOF, QUESTION, type World } from './world.ts';

const STATES = Object.keys(BRING) as State[];

/** Flux fails in every state: the next session goes on, or the hand-over that is under way does. */
const FLUX_BREAKS: readonly (readonly [string, Parameters<World['breaksListening']>[0]])[] = [
  ['connection breaks', { fault: 'drop' }],
  ['closes unasked', { fault: 'close', code: 1011 }],
  ['malformed JSON', { fault: 'garbage' }],
];
const fluxInEveryState = STATES.flatMap((state) =>
  FLUX_BREAKS.map(
    ([fault, step]): Row => ({
      hop: 'Flux',
      fault,
      state,
      outcome: state === 'transferring' ? 'human' : 'recovered',
      strike: (world) => breakFlux(world, step),
    }),
  ),
);

/** A session that is live breaks, and the call has noticed. */
async function breakFlux(world: World, step: Parameters<World['breaksListening']>[0]): Promise<void> {
  await world.recognitionIs('live');
  world.breaksListening(step);
  await world.recognitionIs('reconnecting');
}

/** The session breaks while nobody speaks, and the next handshakes go wrong, too. */
const reconnects = (fault: string, handshakes: readonly Handshake[], outcome: Outcome, human?: false): Row => ({
  hop: 'Flux',
  fault,
  state: 'listening',
  outcome,
  ...(human === false && { human }),
  strike: (world) => {
    world.handshakes.listen.push(...handshakes);
    return breakFlux(world, { fault: 'drop' });
  },
});

const fluxHandshakes: readonly Row[] = [
  reconnects('401', times(1, UNAUTHORISED), 'human'),
  reconnects('401, nobody to go to', times(1, UNAUTHORISED), 'carrier', false),
  reconnects('429', times(1, TOO_MANY_REQUESTS), 'recovered'),
  reconnects('500 twice', times(2, SERVER_ERROR), 'recovered'),
  reconnects('500 for ever', times(9, SERVER_ERROR), 'human'),
  reconnects('connection breaks for ever', times(9, 'broken'), 'human'),
  reconnects('hangs', times(1, 'mute'), 'recovered'),
  reconnects('hangs for ever, nobody to go to', times(9, 'mute'), 'carrier', false),
  ...(
    [
      ['401', times(1, UNAUTHORISED), 'human'],
      ['429', times(1, TOO_MANY_REQUESTS), 'recovered'],
      ['500', times(1, SERVER_ERROR), 'recovered'],
      ['hangs', times(1, 'mute'), 'recovered'],
    ] as const
  ).map(
    ([fault, handshakes, outcome]): Row => ({
      hop: 'Flux',
      fault,
      state: 'greeting',
      outcome,
      arm: (world) => {
        world.handshakes.listen.push(...handshakes);
      },
    }),
  ),
];

/** What Flux says twice, too late, or not any more. */
const fluxWords: readonly Row[] = [
  ...(['thinking', 'speaking'] as const).flatMap((state) =>
    (['duplicate', 'late'] as const).map(
      (fault): Row => ({
        hop: 'Flux',
        fault: fault === 'duplicate' ? 'says it twice' : 'a late end of turn',
        state,
        outcome: 'recovered',
        said: [QUESTION, PROOF],
        strike: (world) => world.breaksListening({ fault }),
      }),
    ),
  ),
  {
    hop: 'Flux',
    fault: 'falls silent',
    state: 'listening',
    outcome: 'recovered',
    strike: (world) => breakFlux(world, { fault: 'stall' }),
  },
];

/** What can go wrong with Deepgram's ears. */
export const FLUX_ROWS: readonly Row[] = [...fluxInEveryState, ...fluxHandshakes, ...fluxWords];
