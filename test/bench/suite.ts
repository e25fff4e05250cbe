/**
 * A benchmark suite is one file in `test/bench/suites/` that exports `suite`; `npm run bench -- <file name>` finds it there.
 *
 * Figures are only worth something next to others of the same run: a group compares its cases with one of them, or with
 * real time. Nothing here fails a build.
 */
export interface BenchSuite {
  /** One line: what is measured. */
  readonly about: string;
  /** Builds the inputs. Called once, before anything is measured. */
  groups(): readonly BenchGroup[] | Promise<readonly BenchGroup[]>;
}

export interface BenchGroup {
  readonly title: string;
  /** What a rate counts, for example `Msamples/s` or `x real time` (seconds of audio per second). */
  readonly unit: string;
  /** The case that the others are compared with. Without one the rates speak for themselves. */
  readonly baseline?: string;
  readonly cases: readonly BenchCase[];
}

export interface BenchCase {
  readonly name: string;
  /** How much of the group's unit one `run` does: `0.008` for 8,000 samples in `Msamples/s`. */
  readonly amount: number;
  run(): unknown;
  /** Runs once, after the measurement: stops what the case needed. */
  close?(): void | Promise<void>;
}

/** What was measured of one case. */
export interface BenchRow {
  readonly suite: string;
  readonly group: string;
  readonly name: string;
  readonly unit: string;
  /** The group's unit, from the median time of a run. */
  readonly rate: number;
  /** Rate divided by the baseline's rate; 1 for the baseline itself. */
  readonly ratio?: number;
  /** Half the 95 % confidence interval of the mean time, in percent of it. Above 5 the machine was busy. */
  readonly uncertainty: number;
}
