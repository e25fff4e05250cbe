import { describe, expect, it } from '@jest/globals';
import { doorGraph } from './door-graph.ts';
import { placesOf, wayTo } from './places.ts';

describe('places', () => {
  const graph = doorGraph();
  const places = placesOf(graph);

  it('are the states of the graph, each as far from the start as its shortest way is long', () => {
    expect([...places.keys()]).toEqual([...graph.nodes.keys()]);
    for (const place of places.values()) {
      const way = wayTo(place);
      expect(way).toHaveLength(place.depth);
      const ends = [graph.start, ...way.map(({ to }) => to)];
      expect(way.map(({ from }) => from)).toEqual(ends.slice(0, -1));
      expect(ends.at(-1)).toBe(place.key);
    }
    expect([...places.values()].map(({ depth }) => depth)).toEqual([0, 1, 1, 2, 2, 2, 2, 3, 3]);
  });

  it('know one way to each neighbour, and none to themselves', () => {
    for (const place of places.values()) {
      const neighbours = new Set(graph.nodes.get(place.key)?.edges.map(({ to }) => to));
      neighbours.delete(place.key);
      expect(new Set([...place.ways.keys()].map(({ key }) => key))).toEqual(neighbours);
      for (const [next, edge] of place.ways) expect([edge.from, edge.to]).toEqual([place.key, next.key]);
    }
  });
});
