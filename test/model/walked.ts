import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChartCoverage, shortcomingsOf } from '../../visualizations/coverage/coverage.ts';
import { chartLine } from '../paths/summary.ts';
import { walkChart } from '../paths/walk-chart.ts';
import type { ChartModel } from './chart-model.ts';

/** Exploring the call takes seconds, and a busy machine may need several times as long. */
const PATIENCE_MS = 240_000;

/** The tests that every chart passes on its smoke walks. Prints one line of figures. */
export function describeWalked(model: ChartModel): void {
  describe(`the ${model.machine.id} chart, walked`, () => {
    let coverage: ChartCoverage;
    beforeAll(() => {
      coverage = walkChart(model, { set: 'smoke' });
    }, PATIENCE_MS);
    afterAll(() => {
      process.stdout.write(`${chartLine(coverage)}\n`);
    });

    it('takes every transition, hears yes and no from every guard, and keeps every law', () => {
      expect(shortcomingsOf(coverage)).toEqual([]);
    });

    it('asks every law of every edge, and runs every walk live', () => {
      const edges = coverage.views.reduce((sum, view) => sum + view.edges, 0);
      const steps = coverage.views.reduce((sum, view) => sum + view.steps, 0);
      for (const { law } of model.laws)
        expect(coverage.laws.find((asked) => asked.law === law)?.checked).toBeGreaterThan(edges);
      expect(coverage.laws.find(({ law }) => law.startsWith('Run live'))?.checked).toBe(steps);
    });

    it('shows the shortest way to each goal', () => {
      const ways = coverage.transitions.flatMap(({ taken, refused }) => (refused ? [taken, refused] : [taken]));
      expect(ways.filter(({ shortest }) => shortest === undefined)).toEqual([]);
    });
  });
}
