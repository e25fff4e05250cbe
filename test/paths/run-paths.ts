import type { ChartCoverage, Coverage } from '../../visualizations/coverage/coverage.ts';
import type { ChartModel } from '../model/chart-model.ts';
import { chartCoverage } from './chart-coverage.ts';
import { inThreads } from './in-threads.ts';
import { walkChart } from './walk-chart.ts';
import type { WalkOptions } from './walk-view.ts';

/** Walks charts one after the other, in this thread. */
export const runPaths = (models: readonly ChartModel[], options: WalkOptions): Coverage => {
  const startedAt = new Date();
  return coverageOf(
    models.map((model) => walkChart(model, options)),
    options,
    startedAt,
  );
};

/**
 * Walks the product's charts, each view for itself, in as many threads as there are processors. For thorough walks: smoke
 * walks leave out what those of other views have reached, and would be more.
 */
export async function runPathsInThreads(models: readonly ChartModel[], options: WalkOptions): Promise<Coverage> {
  const startedAt = new Date();
  const errands = models.flatMap(({ machine, views }) => views.map(({ name }) => ({ chart: machine.id, view: name })));
  const runs = await inThreads(errands, options);
  const charts = models.map((model) =>
    chartCoverage(
      model,
      errands.flatMap(({ chart }, index) => {
        const run = runs[index];
        return run && chart === model.machine.id ? [run] : [];
      }),
    ),
  );
  return coverageOf(charts, options, startedAt);
}

const coverageOf = (charts: readonly ChartCoverage[], { set, seed = 0 }: WalkOptions, startedAt: Date): Coverage => ({
  format: 1,
  set,
  seed,
  startedAt: startedAt.toISOString(),
  seconds: (Date.now() - startedAt.getTime()) / 1000,
  charts,
});
