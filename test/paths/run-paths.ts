import type { Coverage } from '../../visualizations/coverage/coverage.ts';
import type { ChartModel } from '../model/chart-model.ts';
import { type WalkOptions, walkChart } from './walk-chart.ts';

/** Walks charts one after the other. */
export function runPaths(models: readonly ChartModel[], options: WalkOptions): Coverage {
  const started = new Date();
  const charts = models.map((model) => walkChart(model, options));
  return {
    format: 1,
    set: options.set,
    seed: options.seed ?? 0,
    startedAt: started.toISOString(),
    seconds: (Date.now() - started.getTime()) / 1000,
    charts,
  };
}
