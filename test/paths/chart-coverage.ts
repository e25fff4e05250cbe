import { statesOf } from '../../statechart/names.ts';
import { describeChart } from '../../visualizations/chart/describe-chart.ts';
import type { ChartCoverage, LawCoverage, Story, Tally } from '../../visualizations/coverage/coverage.ts';
import type { ChartModel } from '../model/chart-model.ts';
import { lintMachine } from '../support/lint-machine.ts';
import type { ViewRun } from './view-run.ts';

/** What the walks through all views of a chart found together. */
export function chartCoverage({ machine, mayWait }: ChartModel, runs: readonly ViewRun[]): ChartCoverage {
  const chart = describeChart(machine);
  const tallyOf = (goal: string): Tally => runs.map(({ goals }) => goals.get(goal) ?? NEVER).reduce(together, NEVER);
  return {
    id: machine.id,
    views: runs.map(({ view }) => view),
    transitions: chart.transitions.map((transition) => ({
      ...transition,
      taken: tallyOf(transition.id),
      refused: transition.guard === undefined ? undefined : tallyOf(`${transition.id} [refused]`),
    })),
    states: chart.states.map(({ id }) => ({
      id,
      visits: runs.reduce((sum, { visits }) => sum + (visits.get(id) ?? 0), 0),
    })),
    laws: [...lawsOfAll(runs), waits({ machine, mayWait }), failures(runs)],
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

const NEVER: Tally = { count: 0, shortest: undefined };

const together = (one: Tally, other: Tally): Tally => ({
  count: one.count + other.count,
  shortest: shorter(one.shortest, other.shortest),
});

const shorter = (one: Story | undefined, other: Story | undefined): Story | undefined =>
  one && other ? (other.moments.length < one.moments.length ? other : one) : (one ?? other);

/** Each law once, asked in all views. */
function lawsOfAll(runs: readonly ViewRun[]): readonly LawCoverage[] {
  const laws = new Map<string, LawCoverage>();
  for (const found of runs.flatMap((run) => run.laws)) {
    const before = laws.get(found.law);
    const detail = before?.detail ?? found.detail;
    laws.set(found.law, {
      law: found.law,
      checked: (before?.checked ?? 0) + found.checked,
      broken: (before?.broken ?? 0) + found.broken,
      story: before?.story ?? found.story,
      ...(detail !== undefined && { detail }),
    });
  }
  return [...laws.values()];
}

function waits({ machine, mayWait }: Pick<ChartModel, 'machine' | 'mayWait'>): LawCoverage {
  const problems = lintMachine(machine, { mayWait });
  return {
    law: 'Every state that waits has a deadline, every child may fail, and every name means something.',
    checked: statesOf(machine).length,
    broken: problems.length,
    story: undefined,
    ...(problems.length > 0 && { detail: problems.join('; ') }),
    notes: Object.entries(mayWait).map(([state, reason]) => `${state}: ${reason}`),
  };
}

/** Of every child in every state in which it is ever seen alive. A failure may come in any view. */
function failures(runs: readonly ViewRun[]): LawCoverage {
  const alive = new Set(runs.flatMap((run) => [...run.failures.alive]));
  const failed = new Set(runs.flatMap((run) => [...run.failures.failed]));
  const untried = [...alive].filter((pair) => !failed.has(pair));
  return {
    law: 'Every child was made to fail in every state in which it lives.',
    checked: alive.size,
    broken: untried.length,
    story: undefined,
    ...(untried.length > 0 && { detail: `not tried: ${untried.join('; ')}` }),
  };
}
