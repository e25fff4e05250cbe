import { describe, expect, it } from '@jest/globals';
import { coveringWalks, everyEdge, everyTransition, type Walk } from './covering-walks.ts';
import { doorGraph } from './door-graph.ts';
import { doorMachine } from './door-machine.ts';
import { goalsOf, goalsReached } from './goals.ts';
import { begin, step } from './timed-model.ts';

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
    "bell.pressed",
    "bell.pressed",
    "door.opened by key",
  ],
  [
    "door.opened by force",
    "bell.pressed",
    "xstate.error.actor.chime",
    "bell.pressed",
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
    const edges = new Set([...graph.nodes.values()].flatMap((node) => node.edges.flatMap(everyEdge)));
    const taken = new Set<string>();
    for (const walk of coveringWalks(graph, everyEdge)) {
      let at = graph.start;
      for (const event of walk) {
        const edge = graph.nodes.get(at)?.edges.find((candidate) => candidate.event === event);
        if (!edge) throw new Error(`no edge for ${JSON.stringify(event)} in ${at}`);
        for (const goal of everyEdge(edge)) taken.add(goal);
        at = edge.to;
      }
    }
    expect(taken).toEqual(edges);
  });

  it('are the same on every run', () => {
    expect(coveringWalks(doorGraph(), everyEdge).map(words)).toEqual(coveringWalks(doorGraph(), everyEdge).map(words));
  });

  it('need no walk for no goal', () => {
    expect(coveringWalks(doorGraph(), () => [])).toEqual([]);
  });
});
