import { SERVER_ERROR, TOO_MANY_REQUESTS, UNAUTHORISED } from '../../../emulators/deepgram/refusal.ts';
import type { SpeakFault } from '../../../emulators/deepgram/speak/faults.ts';
import { type Outcome, type Row, type State, times } from './row.ts';
import type { Handshake } from './world.ts';

const AURA_FAULTS = {
  'slow first byte': { type: 'slow first byte', ms: 30_000 },
  'closes mid-stream': { type: 'close', reason: 'internal' },
  'connection breaks mid-stream': { type: 'break' },
  'hangs mid-stream': { type: 'stall' },
  'malformed JSON': { type: 'malformed' },
} as const satisfies Record<string, SpeakFault>;
type AuraFault = keyof typeof AURA_FAULTS;
const AURA_NAMES = Object.keys(AURA_FAULTS) as AuraFault[];

const aura = (state: State, fault: AuraFault, outcome: Outcome): Row => ({
  hop: 'Aura',
  fault,
  state,
  outcome,
  arm: (world) => world.speak.inject(AURA_FAULTS[fault]),
});

/** The greeting's handshake goes wrong. */
const greets = (fault: string, handshakes: readonly Handshake[], outcome: Outcome, human?: false): Row => ({
  hop: 'Aura',
  fault,
  state: 'greeting',
  outcome,
  ...(human === false && { human }),
  arm: (world) => {
    world.handshakes.speak.push(...handshakes);
  },
});

/** The idle connection broke behind the greeting, and the next handshakes go wrong, too. */
const reopens = (fault: string, handshakes: readonly Handshake[], outcome: Outcome): Row => ({
  hop: 'Aura',
  fault,
  state: 'listening',
  outcome,
  strike: (world) => {
    world.handshakes.speak.push(...handshakes);
    world.breakVoices();
  },
});

/** What can go wrong with Deepgram's voice. */
export const AURA_ROWS: readonly Row[] = [
  // A greeting that breaks off in the middle is over: the caller has the floor.
  ...AURA_NAMES.map((fault) => aura('greeting', fault, fault === 'hangs mid-stream' ? 'recovered' : 'human')),
  ...AURA_NAMES.map((fault) => aura(fault === 'slow first byte' ? 'thinking' : 'speaking', fault, 'apology')),
  ...AURA_NAMES.map((fault) => aura('transferring', fault, 'human')),
  greets('401', times(9, UNAUTHORISED), 'human'),
  greets('401, nobody to go to', times(9, UNAUTHORISED), 'carrier', false),
  greets('500 once', times(1, SERVER_ERROR), 'recovered'),
  greets('429 once', times(1, TOO_MANY_REQUESTS), 'recovered'),
  greets('429 for ever', times(9, TOO_MANY_REQUESTS), 'human'),
  greets('500 for ever', times(9, SERVER_ERROR), 'human'),
  greets('connection breaks for ever', times(9, 'broken'), 'human'),
  greets('hangs for ever, nobody to go to', times(9, 'mute'), 'carrier', false),
  reopens('connection breaks while idle', [], 'recovered'),
  reopens('401 once', times(1, UNAUTHORISED), 'apology'),
  reopens('429 once', times(1, TOO_MANY_REQUESTS), 'recovered'),
  reopens('500 once', times(1, SERVER_ERROR), 'recovered'),
  reopens('hangs once', times(1, 'mute'), 'apology'),
  reopens('500 for ever', times(9, SERVER_ERROR), 'human'),
  ...([{ type: 'late audio', frames: 50 }, { type: 'not cleared' }] as const).map(
    (fault): Row => ({
      hop: 'Aura',
      fault: fault.type,
      state: 'interrupted',
      outcome: 'recovered',
      arm: (world) => world.speak.inject(fault),
    }),
  ),
  {
    hop: 'Aura',
    fault: 'connection breaks',
    state: 'interrupted',
    outcome: 'recovered',
    strike: (world) => world.breakVoices(),
  },
];
