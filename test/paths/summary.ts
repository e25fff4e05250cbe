import {
  type ChartCoverage,
  type Coverage,
  type LawCoverage,
  type Story,
  scoreOf,
  shortcomingsOf,
} from '../../visualizations/coverage/coverage.ts';

const sum = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((total, item) => total + count(item), 0);

const grouped = (count: number): string => count.toLocaleString('en-US');

/** One chart in one line: `call        522/522 goals    58 walks    1,204 steps     9 laws    8.1 s`. */
export function chartLine(chart: ChartCoverage): string {
  const { reached, total } = scoreOf(chart);
  const broken = chart.laws.filter((law) => law.broken > 0).length;
  return [
    chart.id.padEnd(11),
    `${`${reached}/${total}`.padStart(7)} goals`,
    `${grouped(sum(chart.views, ({ walks }) => walks)).padStart(7)} walks`,
    `${grouped(sum(chart.views, ({ steps }) => steps)).padStart(9)} steps`,
    `${String(chart.laws.length).padStart(3)} laws${broken > 0 ? `, ${broken} BROKEN` : ''}`,
    `${chart.seconds.toFixed(1).padStart(6)} s`,
  ].join(' ');
}

/** The run as a page of text: what is missing and how to see it, then one line for each chart. */
export function summaryOf({ charts, set, seed, seconds }: Coverage): string {
  const wrong = charts.flatMap((chart) => [
    ...shortcomingsOf(chart).map(({ line }) => `${chart.id}: ${line}`),
    ...chart.laws.filter(({ broken }) => broken > 0).flatMap(walkOf),
  ]);
  return [
    ...wrong,
    ...(wrong.length > 0 ? [''] : []),
    ...charts.map(chartLine),
    `${set} set${seed === 0 ? '' : `, seed ${seed}`}, ${seconds.toFixed(1)} s: ${wrong.length === 0 ? 'all goals reached, all laws kept' : 'not as it should be, see above'}`,
    '',
  ].join('\n');
}

/** Whether every goal of every chart was reached and every law was kept. */
export const allIsWell = ({ charts }: Pick<Coverage, 'charts'>): boolean =>
  charts.every((chart) => shortcomingsOf(chart).length === 0);

function walkOf({ story, detail }: LawCoverage): readonly string[] {
  return [...(detail ? [`  ${detail}`] : []), ...(story ? tellStory(story) : [])];
}

function tellStory({ view, moments }: Story): readonly string[] {
  return [
    `  the walk that shows it (${view}):`,
    ...moments.map(
      ({ atMs, told, enters }) =>
        `  ${(atMs / 1000).toFixed(1).padStart(8)} s  ${told}${enters.length > 0 ? `  → ${enters.join(', ')}` : ''}`,
    ),
  ];
}
