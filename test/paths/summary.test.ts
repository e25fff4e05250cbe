import { describe, expect, it } from '@jest/globals';
import type { ChartCoverage, Coverage } from '../../visualizations/coverage/coverage.ts';
import { doorOptions } from '../support/door-graph.ts';
import { DOOR_MODEL } from './door-model.ts';
import { allIsWell, summaryOf } from './summary.ts';
import { walkChart } from './walk-chart.ts';

const runOf = (chart: ChartCoverage): Coverage => ({
  format: 1,
  set: 'smoke',
  seed: 0,
  startedAt: '2026-11-20T18:00:00.000Z',
  seconds: 1.25,
  charts: [{ ...chart, seconds: 1.2 }],
});

describe('the closing lines of a run', () => {
  it('are one for each chart, and a verdict', () => {
    const run = runOf(walkChart(DOOR_MODEL, { set: 'smoke' }));
    expect(allIsWell(run)).toBe(true);
    expect(summaryOf(run)).toBe(
      [
        'door          11/11 goals       3 walks         9 steps   6 laws    1.2 s',
        'smoke set, 1.3 s: all goals reached, all laws kept',
        '',
      ].join('\n'),
    );
  });

  it('name what was missed, the law that broke, and the walk that shows it', () => {
    const never = {
      law: 'It never rings.',
      holds: ({ snapshot }: { snapshot: { children: object } }) => !('chime' in snapshot.children),
    };
    const views = [{ ...doorOptions, name: 'bell alone', stimuli: () => [{ type: 'bell.pressed' }] }];
    const run = runOf(walkChart({ ...DOOR_MODEL, laws: [never], views }, { set: 'smoke' }));
    expect(allIsWell(run)).toBe(false);
    const lines = summaryOf(run).split('\n');
    expect(lines).toContain('door: never taken: door.closed --door.opened--> door.open [has a key]');
    expect(lines.slice(lines.indexOf('  the walk that shows it (bell alone):')).slice(0, 2)).toEqual([
      '  the walk that shows it (bell alone):',
      '       0.0 s  The bell: pressed  → closed.bell.ringing, closed.porch.lit',
    ]);
    expect(lines.at(-2)).toBe('smoke set, 1.3 s: not as it should be, see above');
  });
});
