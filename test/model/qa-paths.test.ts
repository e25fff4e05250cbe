import { describe, expect, it } from '@jest/globals';
import { createMachine } from 'xstate';
import { liveTwins, sightOf } from '../support/pure-against-live.ts';
import { QaModel } from './qa-paths.ts';
import { MODELS } from './views.ts';

/** On a machine that is busy. */
const PATIENCE_MS = 120_000;

/** Views with more states are left to the covering walks. */
const FEW = new Set(['patience', 'a disclosure']);
const SMALL = MODELS.flatMap(({ machine, views }) =>
  views
    .filter(({ name }) => machine.id !== 'call' || FEW.has(name))
    .map((view) => ({ chart: machine.id, name: view.name, machine, view })),
);

describe.each(SMALL)('shortest paths of @xstate/graph: $chart, $name', ({ machine, view }) => {
  it(
    'lead a live actor to every state',
    async () => {
      const model = new QaModel(machine, view);
      const start = liveTwins(machine, view.input);
      const paths = model.shortestPaths();
      let checked = 0;
      await model.take(paths, () => {
        const { take, sight } = start();
        return {
          execute: take,
          check: (state) => {
            checked++;
            expect(sight()).toEqual(sightOf(state));
          },
        };
      });
      expect(paths.length).toBeGreaterThan(1);
      expect(checked).toBeGreaterThan(paths.reduce((sum, { steps }) => sum + steps.length, 0) - 1);
    },
    PATIENCE_MS,
  );
});

describe('a path', () => {
  const machine = createMachine({ initial: 'a', states: { a: { on: { go: 'b' } }, b: { after: { 100: 'a' } } } });
  const view = {
    name: 'all',
    input: undefined,
    stimuli: () => [{ type: 'go' }],
    key: ({ snapshot }: { snapshot: { value: unknown } }) => String(snapshot.value),
  };

  it('is the shortest to its state, time passing included', () => {
    const paths = new QaModel(machine, view).shortestPaths();
    expect(paths.map(({ steps }) => steps.map(({ event }) => event.type))).toEqual([['xstate.init', 'go']]);
  });

  it('fails when the system under test does', async () => {
    const model = new QaModel(machine, view);
    const execute = () => {
      throw new Error('no such button');
    };
    await expect(model.take(model.shortestPaths(), () => ({ execute, check: () => {} }))).rejects.toThrow(
      'no such button',
    );
  });
});
