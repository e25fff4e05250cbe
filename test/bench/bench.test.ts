import { describe, expect, it } from '@jest/globals';
import { latencyTable, percentile } from './latency.ts';
import { measureGroup } from './measure.ts';
import type { BenchGroup } from './suite.ts';
import { table } from './table.ts';

const nothing = { name: 'nothing', amount: 1, run: () => undefined };
const group = (overrides: Partial<BenchGroup>): BenchGroup => ({
  title: 'idle',
  unit: 'runs/s',
  cases: [nothing],
  ...overrides,
});

describe('bench', () => {
  it('compares every case with the baseline', async () => {
    const twice = { ...nothing, name: 'counts double', amount: 2 };
    const rows = await measureGroup('self', group({ baseline: 'nothing', cases: [nothing, twice] }), 5);
    expect(rows.map(({ suite, group: title, name, unit }) => [suite, title, name, unit])).toEqual([
      ['self', 'idle', 'nothing', 'runs/s'],
      ['self', 'idle', 'counts double', 'runs/s'],
    ]);
    const [first, second] = rows.map(({ rate }) => rate);
    expect(rows.map(({ ratio }) => ratio)).toEqual([1, (second ?? 0) / (first ?? 0)]);
  });

  it('gives no ratio without a baseline', async () => {
    const [row] = await measureGroup('self', group({}), 5);
    expect(row).not.toHaveProperty('ratio');
    expect(row?.rate).toBeGreaterThan(0);
  });

  it('names the case that fails, and closes all of them', async () => {
    const closed: string[] = [];
    const broken = {
      name: 'broken',
      amount: 1,
      run: () => {
        throw new Error('no');
      },
      close: () => void closed.push('broken'),
    };
    const cases = [broken, { ...nothing, close: () => void closed.push('nothing') }];
    await expect(measureGroup('self', group({ cases }), 5)).rejects.toThrow('self: "broken" failed');
    expect(closed).toEqual(['broken', 'nothing']);
  });

  it('names a baseline that does not exist', async () => {
    await expect(measureGroup('self', group({ baseline: 'nobody' }), 5)).rejects.toThrow(
      'no case is named "nobody": expected the group\'s baseline',
    );
  });

  it('lays out a table', () => {
    const common = { suite: 'codecs', group: 'decode µ-law', unit: 'Msamples/s', uncertainty: 0.44 };
    expect(
      table([
        { ...common, name: 'g711 package', rate: 232.123, ratio: 1 },
        { ...common, name: 'table', rate: 15_051.7, ratio: 2.178 },
      ]),
    ).toBe(
      [
        'decode µ-law                            Msamples/s',
        '  g711 package                               232.1    1.00 x   ±0.4 %',
        '  table                                     15,052    2.18 x   ±0.4 %',
        '',
      ].join('\n'),
    );
  });

  it('takes percentiles of what was measured, and none of nothing', () => {
    expect([0, 0.5, 0.95, 1].map((share) => percentile([4, 1, 3, 2], share))).toEqual([1, 3, 4, 4]);
    expect(() => percentile([], 0.5)).toThrow('nothing was measured');
  });

  it('lays out the stages of a road', () => {
    const stages = [
      { name: 'end of turn → model request', targetMs: 2, samplesMs: [1, 2, 3], bareMs: [0.5, 0.6, 0.7] },
      { name: 'all of it', samplesMs: [10.456] },
    ];
    expect(latencyTable('1 call', stages)).toBe(
      [
        '1 call                                              p50 ms    p95 ms   samples      bare      ours   target',
        '  end of turn → model request                         2.00      3.00         3      0.60      1.40        2',
        '  all of it                                          10.46     10.46         1',
        '',
      ].join('\n'),
    );
  });
});
