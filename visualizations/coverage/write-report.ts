import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyStateMachine } from 'xstate';
import { describeChart } from '../chart/describe-chart.ts';
import { toSvg } from '../chart/svg.ts';
import type { Coverage } from './coverage.ts';
import { junitOf } from './junit.ts';
import { pictureOf } from './picture.ts';
import { reportPage } from './report-page.ts';

/**
 * Writes `index.html` for people, `coverage.json` for programs, `junit.xml` for CI servers, and each coloured chart as
 * a picture of its own (`call.svg`).
 *
 * @param machines the ones that were walked
 * @returns path of the page
 */
export async function writeReport(
  coverage: Coverage,
  machines: readonly AnyStateMachine[],
  folder: string,
): Promise<string> {
  const drawings = new Map<string, string>();
  for (const machine of machines) drawings.set(machine.id, await toSvg(describeChart(machine), 'full'));
  await mkdir(folder, { recursive: true });
  const page = join(folder, 'index.html');
  await writeFile(page, reportPage(coverage, drawings));
  await writeFile(join(folder, 'coverage.json'), `${JSON.stringify(coverage, null, 1)}\n`);
  await writeFile(join(folder, 'junit.xml'), junitOf(coverage));
  for (const chart of coverage.charts)
    await writeFile(join(folder, `${chart.id}.svg`), pictureOf(drawings.get(chart.id) ?? '', chart));
  return page;
}
