import type { ChartTransition } from '../chart/describe-chart.ts';

/** What a run of generated paths took, saw and found: the content of `coverage.json`, and all that the report shows. */
export interface Coverage {
  /** Raised when a field changes its meaning. */
  readonly format: 1;
  /** `smoke`: every transition and both outcomes of every guard. `thorough`: every event in every state. */
  readonly set: 'smoke' | 'thorough';
  /** 0: events are tried in their own order; any other number shuffles it. */
  readonly seed: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly charts: readonly ChartCoverage[];
}

/** One chart of the product. */
export interface ChartCoverage {
  /** Id of the machine, for example `call`. */
  readonly id: string;
  readonly seconds: number;
  readonly views: readonly ViewCoverage[];
  /** In the order of the chart. */
  readonly transitions: readonly TransitionCoverage[];
  readonly states: readonly StateCoverage[];
  readonly laws: readonly LawCoverage[];
}

/** One way in which the chart was looked at: how much there is to see, and how it was walked. */
export interface ViewCoverage {
  readonly name: string;
  /** States that the view tells apart. */
  readonly states: number;
  /** Events tried in them. */
  readonly edges: number;
  readonly walks: number;
  readonly steps: number;
}

/** A transition as the chart describes it, and what became of it. */
export interface TransitionCoverage extends ChartTransition {
  readonly taken: Tally;
  /** How often its guard said no; undefined when it has none. */
  readonly refused: Tally | undefined;
}

export interface Tally {
  /** On all walks together. */
  readonly count: number;
  /** The shortest way there is; undefined when there is none: a dead transition, or a guard that never says this. */
  readonly shortest: Story | undefined;
}

export interface StateCoverage {
  readonly id: string;
  /** How often a walk was in it. */
  readonly visits: number;
}

/** Something that must hold everywhere. */
export interface LawCoverage {
  /** In words. */
  readonly law: string;
  /** How often it was asked. */
  readonly checked: number;
  /** How often it did not hold. */
  readonly broken: number;
  /** The shortest way to where it does not hold. */
  readonly story: Story | undefined;
  /** What was seen there, when there is more to say than the law itself. */
  readonly detail?: string;
  /** Exceptions that were granted, each with its reason. */
  readonly notes?: readonly string[];
}

/** A walk, told to somebody who knows telephones and not statecharts. */
export interface Story {
  readonly view: string;
  /** Before the first event. */
  readonly begins: readonly string[];
  readonly moments: readonly Moment[];
}

export interface Moment {
  /** Milliseconds since the beginning, on the virtual clock. */
  readonly atMs: number;
  /** The event as the chart names it. */
  readonly event: string;
  /** What happened, in plain words. */
  readonly told: string;
  /** States that became active, innermost only, without the machine's name. */
  readonly enters: readonly string[];
}

/** How often something was to be reached, and was. */
export interface Score {
  readonly reached: number;
  readonly total: number;
}

/** Transitions taken and guards that said no, together: the goals of a chart. */
export function scoreOf({ transitions }: Pick<ChartCoverage, 'transitions'>): Score {
  const tallies = transitions.flatMap(({ taken, refused }) => (refused ? [taken, refused] : [taken]));
  return { reached: tallies.filter(({ count }) => count > 0).length, total: tallies.length };
}

/** Something that is wrong with a chart. */
export interface Shortcoming {
  /** What it is, and where, in one line. */
  readonly line: string;
  /** Place of the transition in the chart; undefined when it is about a law. */
  readonly transition?: number;
}

/** What is wrong with a chart; empty when all is well. */
export function shortcomingsOf({ transitions, laws }: ChartCoverage): readonly Shortcoming[] {
  return [
    ...transitions.flatMap(({ id, guard, taken, refused }, transition) => [
      ...(taken.count === 0 ? [{ line: `never taken: ${id}${guard ? ` [${guard}]` : ''}`, transition }] : []),
      ...(refused?.count === 0 ? [{ line: `its guard never says no: ${id} [${guard}]`, transition }] : []),
    ]),
    ...laws
      .filter(({ broken }) => broken > 0)
      .map(({ law, broken, checked }) => ({ line: `broken ${broken} of ${checked} times: ${law}` })),
  ];
}
