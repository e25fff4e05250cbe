import { describe, expect, it } from '@jest/globals';
import { scoreOf, shortcomingsOf } from '../../visualizations/coverage/coverage.ts';
import { doorOptions } from '../support/door-graph.ts';
import { doorMachine } from '../support/door-machine.ts';
import { DOOR_MODEL } from './door-model.ts';
import { walkChart } from './walk-chart.ts';

const lawsOf = (coverage: ReturnType<typeof walkChart>) =>
  Object.fromEntries(coverage.laws.map(({ law, checked, broken }) => [law, [checked, broken]]));

describe('walking a chart', () => {
  it('reaches every goal on few walks, asks every law and counts', () => {
    const coverage = walkChart(DOOR_MODEL, { set: 'smoke' });
    expect(shortcomingsOf(coverage)).toEqual([]);
    expect(scoreOf(coverage)).toEqual({ reached: 11, total: 11 });
    expect(coverage.views).toEqual([{ name: 'front', states: 9, edges: 24, walks: 3, steps: 9 }]);
    expect(lawsOf(coverage)).toEqual({
      // The start, every edge, and what the walks do beyond them.
      'No failure of a child, and no event, ends the chart with an error.': [25, 0],
      'After the end no timer is armed and no child is alive.': [25, 0],
      'Run live, it does exactly what the chart says, step by step: state, children, timers.': [9, 0],
      'Every state that waits has a deadline, every child may fail, and every name means something.': [10, 0],
      'Every child was made to fail in every state in which it lives.': [3, 0],
      'From every state the end can be reached.': [9, 0],
    });
  });

  it('sends every event in every state when asked to be thorough', () => {
    const { views } = walkChart(DOOR_MODEL, { set: 'thorough' });
    expect(views[0]?.steps).toBeGreaterThan(24);
  });

  it('tells the shortest way to a transition and to where it is refused', () => {
    const { transitions } = walkChart(DOOR_MODEL, { set: 'smoke' });
    const locking = transitions.find(({ to }) => to.includes('door.locked'));
    expect(locking?.guard).toBe('is at the limit');
    expect(locking?.taken).toEqual({
      count: 1,
      shortest: {
        view: 'front',
        begins: ['closed.bell.silent', 'closed.porch.dark'],
        moments: [
          {
            atMs: 0,
            event: 'bell.pressed',
            told: 'The bell: pressed',
            enters: ['closed.bell.ringing', 'closed.porch.lit'],
          },
          { atMs: 0, event: 'xstate.error.actor.chime', told: 'The chime crashes', enters: ['closed.bell.silent'] },
          { atMs: 0, event: 'bell.pressed', told: 'The bell: pressed', enters: ['locked'] },
        ],
      },
    });
    expect(locking?.refused?.shortest?.moments.map(({ told }) => told)).toEqual(['The bell: pressed']);
  });

  it('names dead transitions and guards that always agree', () => {
    const careful = { ...doorOptions, name: 'careful', stimuli: () => [{ type: 'door.opened', by: 'key' }] };
    const coverage = walkChart({ ...DOOR_MODEL, views: [careful] }, { set: 'smoke' });
    expect(scoreOf(coverage)).toEqual({ reached: 1, total: 11 });
    expect(
      shortcomingsOf(coverage)
        .slice(0, 2)
        .map(({ line }) => line),
    ).toEqual([
      'its guard never says no: door.closed --door.opened--> door.open [has a key]',
      'never taken: door.closed.bell.silent --bell.pressed--> door.closed.bell.ringing',
    ]);
  });

  it('shows the walk on which a law is broken', () => {
    const quiet = {
      law: 'It never rings.',
      holds: ({ snapshot }: { snapshot: { children: object } }) => !('chime' in snapshot.children),
    };
    const { laws } = walkChart({ ...DOOR_MODEL, laws: [quiet] }, { set: 'smoke' });
    expect(laws[0]).toMatchObject({ law: 'It never rings.', checked: 25, broken: 5 });
    expect(laws[0]?.story?.moments.map(({ told }) => told)).toEqual(['The bell: pressed']);
  });

  it('sees a live actor that does otherwise than the chart', () => {
    let asked = 0;
    const machine = doorMachine.provide({ guards: { 'has a key': () => asked++ % 3 === 0 } });
    const coverage = walkChart({ ...DOOR_MODEL, machine }, { set: 'smoke' });
    const live = coverage.laws.find(({ law }) => law.startsWith('Run live'));
    expect(live?.broken).toBeGreaterThan(0);
    expect(live?.detail).toMatch(/^status: "\w+" in the chart, "\w+" live; value: /);
  });

  it('misses a deadline, a failure that nobody tried, and an end that is out of reach', () => {
    const views = [{ ...doorOptions, name: 'no way out', stimuli: () => [{ type: 'bell.pressed' }] }];
    const coverage = walkChart({ ...DOOR_MODEL, views, mayWait: {} }, { set: 'smoke' });
    const details = coverage.laws.filter(({ broken }) => broken > 0).map(({ law, detail }) => [law, detail]);
    expect(details).toContainEqual([
      'Every state that waits has a deadline, every child may fail, and every name means something.',
      'door.closed.bell.silent: waits without a deadline; door.closed.porch.dark: waits without a deadline',
    ]);
    expect(details).toContainEqual([
      'Every child was made to fail in every state in which it lives.',
      'not tried: chime in door.closed.bell.ringing; chime in door.closed.porch.lit; chime in door.closed.porch.dark',
    ]);
  });

  it('reaches the same with events in another order', () => {
    expect(shortcomingsOf(walkChart(DOOR_MODEL, { set: 'thorough', seed: 3 }))).toEqual([]);
  });
});
