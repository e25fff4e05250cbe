import { describe, expect, it } from '@jest/globals';
import { createActor } from 'xstate';
import { coveringWalks, everyEdge } from './covering-walks.ts';
import { doorGraph } from './door-graph.ts';
import { doorMachine } from './door-machine.ts';
import { goalRecorder, goalsOf, goalsReached } from './goals.ts';
import { withInertChildren } from './pure-against-live.ts';
import { begin, step } from './timed-model.ts';
import { VirtualClock } from './virtual-clock.ts';

const GOALS = [
  'door.closed --door.opened--> door.open',
  'door.closed --door.opened--> door.open [refused]',
  'door.closed.bell.silent --bell.pressed--> door.closed.bell.ringing',
  'door.closed.bell.ringing --bell.pressed--> (stay)',
  'door.closed.bell.ringing --error chime--> door.closed.bell.silent',
  'door.closed.bell.ringing --after chime time--> door.closed.bell.silent',
  'door.closed.porch.dark --bell.pressed--> door.closed.porch.lit',
  'door.closed.porch.lit --bell.annoyed--> door.closed.porch.dark',
  'door.closed.porch.lit --after light time--> door.closed.porch.dark',
  'door.closed.porch.lit --always--> door.locked',
  'door.closed.porch.lit --always--> door.locked [refused]',
];

describe('goals', () => {
  it('are every transition and the refusal of every guard', () => {
    expect([...goalsOf(doorMachine)]).toEqual(GOALS);
  });

  it('names what was taken, also by raised events and without an event, and which guards refused', () => {
    const quiet = begin(doorMachine, { rings: 0 });
    expect([...goalsReached(quiet)]).toEqual([]);
    const forced = step(doorMachine, quiet.state, { type: 'door.opened', by: 'force' });
    expect([...goalsReached(forced)]).toEqual(['door.closed --door.opened--> door.open [refused]']);
    const ringing = step(doorMachine, quiet.state, { type: 'bell.pressed' });
    expect([...goalsReached(ringing)]).toEqual([
      'door.closed.bell.silent --bell.pressed--> door.closed.bell.ringing',
      'door.closed.porch.dark --bell.pressed--> door.closed.porch.lit',
      'door.closed.porch.lit --always--> door.locked [refused]',
    ]);
  });

  it('is recorded alike from live actors', () => {
    const seen = new Set<string>();
    for (const walk of coveringWalks(doorGraph(), everyEdge)) {
      const clock = new VirtualClock();
      const machine = withInertChildren(doorMachine);
      const actor = createActor(machine, {
        clock,
        input: { rings: 0 },
        inspect: goalRecorder('door', (goal) => seen.add(goal)),
      }).start();
      for (const event of walk) {
        if (event.type === 'clock.next') clock.next();
        else actor.send(event as never);
      }
      actor.stop();
    }
    expect([...seen].sort()).toEqual([...GOALS].sort());
  });
});
