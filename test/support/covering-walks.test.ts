import { describe, expect, it } from '@jest/globals';
import { assign, setup } from 'xstate';
import { coveringWalks, everyEdge, everyTransition } from './covering-walks.ts';
import { doorGraph } from './door-graph.ts';
import { doorMachine } from './door-machine.ts';
import { explore } from './explore.ts';
import { goalsOf, goalsReached } from './goals.ts';
import { begin, step } from './timed-model.ts';
import type { Walk } from './trail.ts';

/** What a walk reaches when it is taken, not when it was planned. */
const goalsOn = (walk: Walk): string[] => {
  const reached: string[] = [];
  let { state } = begin(doorMachine, { rings: 0 });
  for (const event of walk) {
    const taken = step(doorMachine, state, event);
    reached.push(...goalsReached(taken));
    state = taken.state;
  }
  return reached;
};

const words = (walk: Walk) => walk.map((event) => ('by' in event ? `${event.type} by ${event.by}` : event.type));

describe('covering walks', () => {
  it('reach every transition and both outcomes of every guard in few steps', () => {
    const walks = coveringWalks(doorGraph(), everyTransition);
    expect(walks.map(words)).toMatchInlineSnapshot(`
[
  [
    "door.opened by force",
    "bell.pressed",
    "bell.pressed",
    "xstate.error.actor.chime",
    "bell.pressed",
  ],
  [
    "door.opened by key",
  ],
  [
    "bell.pressed",
    "clock.next",
    "clock.next",
  ],
]
`);
    expect(new Set(walks.flatMap(goalsOn))).toEqual(goalsOf(doorMachine));
  });

  it('send every event in every state', () => {
    const graph = doorGraph();
    const edges = [...graph.nodes.values()].flatMap((node) => node.edges);
    const sent = new Set<string>();
    for (const walk of coveringWalks(graph, everyEdge)) {
      let { state } = graph.first;
      for (const event of walk) {
        sent.add(`${graph.options.key(state)} ${JSON.stringify(event)}`);
        state = step(doorMachine, state, event).state;
      }
    }
    expect(sent).toEqual(new Set(edges.map(({ from, event }) => `${from} ${JSON.stringify(event)}`)));
  });

  it('are the same on every run', () => {
    expect(coveringWalks(doorGraph(), everyEdge).map(words)).toEqual(coveringWalks(doorGraph(), everyEdge).map(words));
  });

  it('carry the payloads of the moment, not those of the plan', () => {
    const machine = setup({
      types: {} as { context: { epoch: number }; events: { type: 'next' } | { type: 'said'; epoch: number } },
      guards: { 'is current': ({ context, event }) => event.type === 'said' && event.epoch === context.epoch },
    }).createMachine({
      context: { epoch: 0 },
      initial: 'listening',
      states: {
        listening: {
          on: { next: { target: 'speaking', actions: assign(({ context }) => ({ epoch: context.epoch + 1 })) } },
        },
        speaking: { on: { next: 'listening', said: { guard: 'is current', target: 'listening' } } },
      },
    });
    const graph = explore(machine, {
      input: undefined,
      stimuli: ({ snapshot: { context } }) => [{ type: 'next' }, { type: 'said', epoch: context.epoch }],
      key: ({ snapshot }) => String(snapshot.value),
    });
    expect(coveringWalks(graph, everyEdge)).toEqual([
      [
        { type: 'said', epoch: 0 },
        { type: 'next' },
        { type: 'next' },
        { type: 'next' },
        // Planned with epoch 1, when the explorer was there for the first time.
        { type: 'said', epoch: 2 },
      ],
    ]);
  });

  it('leave to a later walk what an earlier one misses because the key is coarse', () => {
    const machine = setup({
      types: {} as { context: { turns: number } },
      guards: { 'is the first turn': ({ context }) => context.turns === 0 },
      actions: { count: assign(({ context }) => ({ turns: context.turns + 1 })) },
    }).createMachine({
      context: { turns: 0 },
      initial: 'a',
      states: {
        a: { on: { on: { target: 'b', actions: 'count' }, once: { guard: 'is the first turn', target: 'b' } } },
        b: { on: { on: 'a' } },
      },
    });
    const graph = explore(machine, {
      input: undefined,
      stimuli: () => [{ type: 'on' }, { type: 'once' }],
      key: ({ snapshot }) => String(snapshot.value),
    });
    // In the graph, `a` is the state of the first turn; the first walk finds out that it is not the second time.
    const walks = coveringWalks(graph, everyTransition);
    expect(walks.map(words)).toEqual([['on', 'on', 'once'], ['once']]);
  });

  it('refuse a model that is not a function of the state', () => {
    const graph = doorGraph();
    let asked = 0;
    expect(() => coveringWalks(graph, { ...everyEdge, goalsOf: () => [`goal ${++asked}`] })).toThrow(
      /answer differently when asked again$/,
    );
  });

  it('need no walk for no goal', () => {
    expect(coveringWalks(doorGraph(), { ...everyEdge, goalsOf: () => [] })).toEqual([]);
  });
});
