import type { ChartCoverage, Coverage, Story } from './coverage.ts';
import { html, type Markup } from './markup.ts';

interface Case {
  readonly group: 'transition' | 'guard' | 'law';
  readonly name: string;
  /** Undefined when it passed. */
  readonly failure: string | undefined;
}

/** The run as JUnit XML: a test case for each transition, each refusal of a guard and each law, as CI servers read it. */
export function junitOf({ charts, seconds }: Coverage): string {
  const suites = charts.map((chart) => ({ chart, cases: casesOf(chart) }));
  const all = suites.flatMap(({ cases }) => cases);
  return html`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="paths" tests="${all.length}" failures="${failed(all)}" time="${seconds.toFixed(3)}">
${suites.map(suiteOf)}</testsuites>
`.text;
}

const failed = (cases: readonly Case[]): number => cases.filter(({ failure }) => failure !== undefined).length;

/** A case of its own has no time: all goals of a chart share its walks. */
const suiteOf = ({ chart: { id, seconds }, cases }: { chart: ChartCoverage; cases: readonly Case[] }): Markup =>
  html`<testsuite name="${id}" tests="${cases.length}" failures="${failed(cases)}" errors="0" skipped="0" time="${seconds.toFixed(3)}">
${cases.map(({ group, name, failure }) =>
  failure === undefined
    ? html`<testcase classname="${id}.${group}" name="${name}" time="0"/>
`
    : html`<testcase classname="${id}.${group}" name="${name}" time="0"><failure message="${failure.split('\n')[0]}">${failure}</failure></testcase>
`,
)}</testsuite>
`;

function casesOf({ transitions, laws }: ChartCoverage): readonly Case[] {
  return [
    ...transitions.flatMap(({ id, guard, taken, refused }): Case[] => {
      const name = guard === undefined ? id : `${id} [${guard}]`;
      return [
        { group: 'transition', name, failure: taken.count > 0 ? undefined : 'no walk takes this transition' },
        ...(refused
          ? [
              {
                group: 'guard' as const,
                name: `${name} refused`,
                failure: refused.count > 0 ? undefined : 'on no walk does this guard say no',
              },
            ]
          : []),
      ];
    }),
    ...laws.map(
      ({ law, broken, checked, story, detail }): Case => ({
        group: 'law',
        name: law,
        failure:
          broken === 0
            ? undefined
            : [`broken ${broken} of ${checked} times`, ...(detail ? [detail] : []), ...(story ? tell(story) : [])].join(
                '\n',
              ),
      }),
    ),
  ];
}

const tell = ({ view, moments }: Story): readonly string[] => [
  `the shortest walk that shows it (${view}):`,
  ...moments.map(({ atMs, event, told }) => `${(atMs / 1000).toFixed(1)} s  ${told} (${event})`),
];
