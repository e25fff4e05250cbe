import { describe, expect, it } from '@jest/globals';
import { doorOptions } from '../support/door-graph.ts';
import { doorMachine } from '../support/door-machine.ts';
import { begin, step } from '../support/timed-model.ts';
import { shuffled } from './shuffled.ts';

const view = { ...doorOptions, name: 'front' };
const quiet = begin(doorMachine, { rings: 0 }).state;
const ringing = step(doorMachine, quiet, { type: 'bell.pressed' }).state;
const eventsOf = (seed: number, state = ringing) =>
  shuffled(view, seed)
    .stimuli(state)
    .map((event) => JSON.stringify(event));

describe('a shuffled view', () => {
  it('has the same events, in an order of its own for each seed', () => {
    const orders = [0, 1, 2, 3, 4, 5, 6, 7].map((seed) => eventsOf(seed));
    for (const order of orders) expect(order.toSorted()).toEqual(eventsOf(0).toSorted());
    expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(4);
  });

  it('leaves everything as it is for seed 0', () => {
    expect(shuffled(view, 0)).toBe(view);
  });

  it('gives states with the same key the same order', () => {
    const later = step(doorMachine, quiet, { type: 'unknown' }).state;
    expect(eventsOf(7, { ...later })).toEqual(eventsOf(7, quiet));
    expect(shuffled(view, 7).key(ringing)).toBe(view.key(ringing));
  });
});
