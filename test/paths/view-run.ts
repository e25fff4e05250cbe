import type { LawCoverage, Tally, ViewCoverage } from '../../visualizations/coverage/coverage.ts';

/** What the walks through one view found: plain data, which one thread can hand to another. */
export interface ViewRun {
  readonly view: ViewCoverage;
  /** Of every goal of the chart. */
  readonly goals: ReadonlyMap<string, Tally>;
  /** By id, after how many steps a state was active. */
  readonly visits: ReadonlyMap<string, number>;
  /** Laws that can be told of this view alone. */
  readonly laws: readonly LawCoverage[];
  readonly failures: ChildFailures;
  readonly seconds: number;
}

/** Children in states, as `voice in call.active.conversation.greeting.sounding`. */
export interface ChildFailures {
  readonly alive: ReadonlySet<string>;
  /** Where the failure of the child was tried. */
  readonly failed: ReadonlySet<string>;
}
