import type { AnyEventObject } from 'xstate';
import { remaining, TIME_PASSES } from '../../support/timed-model.ts';
import { agentMoves } from './agent-side.ts';
import { callerMoves, NOBODY_SPEAKS } from './caller-side.ts';
import type { ScriptLimits } from './every-order.ts';
import { send, type Taken, textOf, type World } from './world.ts';

/** One thing that may happen: what it is called, and how many words of the recogniser it is. */
export interface Move {
  readonly name: string;
  readonly words: 0 | 1;
  /** The world once those who act have acted, before the chart has heard of it. */
  readonly acted: World;
  readonly events: readonly AnyEventObject[];
}

/** Waits that end by themselves in a call in which nobody fails and the caller does not fall silent. */
const WAITS = /false interruption|debounce|cut report|speculation cap|filler/;

const LOST = { code: 'network', message: 'the connection was lost', retryable: true };

const KEYS = ['0', '*'] as const;

/**
 * Everything that may happen, as the vendor's contract and the agent's own order allow it. Nothing after the end.
 * Words are not limited here.
 */
export function movesFrom(world: World, limits: ScriptLimits): readonly Move[] {
  if (world.state.snapshot.status !== 'active') return [];
  const [next] = remaining(world.state);
  return [
    ...callerMoves(world.caller).map(({ word, events, after }) => ({
      name: `caller: ${word} ${events.map((event) => JSON.stringify(textOf(event))).join(' ')}`.trimEnd(),
      words: 1 as const,
      acted: { ...world, caller: after },
      events,
    })),
    ...agentMoves(world.agent, limits.tools).map(({ name, events, after }) => ({
      name: `agent: ${name}`,
      words: 0 as const,
      acted: { ...world, agent: after },
      events,
    })),
    ...(world.keys < limits.keys ? KEYS : []).map((digit) => ({
      name: `key ${digit}`,
      words: 0 as const,
      acted: { ...world, keys: world.keys + 1 },
      events: [{ type: 'line.dtmf', digit }],
    })),
    ...(world.losses < limits.losses
      ? [
          {
            name: 'recogniser: lost, and back',
            words: 0 as const,
            acted: { ...world, losses: world.losses + 1, caller: { ...NOBODY_SPEAKS, turn: world.caller.turn } },
            events: [{ type: 'recognition.lost', failure: LOST }, { type: 'recognition.live' }],
          },
        ]
      : []),
    ...(next && WAITS.test(next.id)
      ? [{ name: `time: ${next.id}`, words: 0 as const, acted: world, events: [TIME_PASSES] }]
      : []),
  ];
}

/** Makes the move. @returns what came of each of its events, in order; empty when the call heard nothing */
export function make({ acted, events }: Move): readonly Taken[] {
  const taken: Taken[] = [];
  let world = acted;
  for (const event of events) {
    taken.push(...send(world, event));
    world = taken.at(-1)?.after ?? world;
  }
  return taken;
}
