import type { AnyStateMachine } from 'xstate';
import type { ChartCoverage } from '../../visualizations/coverage/coverage.ts';
import type { ChartModel } from '../model/chart-model.ts';
import { chartCoverage } from './chart-coverage.ts';
import type { ViewRun } from './view-run.ts';
import { type WalkOptions, walkView } from './walk-view.ts';

/** Takes the walks of one chart, view by view. What the smoke walks of one view have reached, the next ones leave out. */
export function walkChart<M extends AnyStateMachine>(model: ChartModel<M>, options: WalkOptions): ChartCoverage {
  const done = new Set<string>();
  const runs = model.views.map((view): ViewRun => {
    const run = walkView(model, view, options, done);
    for (const [goal, { count }] of run.goals) if (count > 0) done.add(goal);
    return run;
  });
  return chartCoverage(model, runs);
}
