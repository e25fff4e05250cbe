import { Bench } from 'tinybench';
import type { BenchGroup, BenchRow } from './suite.ts';

type Measured = Omit<BenchRow, 'ratio'>;

/**
 * Runs the cases of a group one after the other, each for `timeMs` after a warm-up of a third of that.
 *
 * @throws what a case throws, named
 */
export async function measureGroup(suite: string, group: BenchGroup, timeMs: number): Promise<BenchRow[]> {
  const bench = new Bench({ time: timeMs, warmupTime: timeMs / 3 });
  for (const { name, run } of group.cases) bench.add(name, run);
  try {
    await bench.run();
  } finally {
    for (const { close } of group.cases) await close?.();
  }
  const rows = group.cases.map(({ name, amount }): Measured => {
    const result = bench.getTask(name)?.result;
    if (result?.state === 'errored') throw new Error(`${suite}: "${name}" failed`, { cause: result.error });
    if (result?.state !== 'completed') throw new Error(`${suite}: "${name}" was not measured: ${result?.state}`);
    const { p50, rme } = result.latency;
    return { suite, group: group.title, name, unit: group.unit, rate: (amount * 1000) / p50, uncertainty: rme };
  });
  return group.baseline === undefined ? rows : compare(rows, group.baseline);
}

function compare(rows: readonly Measured[], baseline: string): BenchRow[] {
  const reference = rows.find(({ name }) => name === baseline);
  if (reference === undefined) throw new Error(`no case is named "${baseline}": expected the group's baseline`);
  return rows.map((row) => ({ ...row, ratio: row.rate / reference.rate }));
}
