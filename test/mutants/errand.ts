/** Asks a worker to run one test file: with a mutant, or with the chart as it is. */
export interface Errand {
  /** Relative to the root of the project. */
  readonly file: string;
  /** Id of a mutant. */
  readonly mutant?: string;
  /** Only these tests, by their full names. */
  readonly tests?: readonly string[];
  /** A file to which is written which states each test enters; see `trace.ts`. */
  readonly traceTo?: string;
}

/** What came of it. */
export interface Outcome {
  readonly passed: boolean;
  /** The first test that failed, or why the file could not run. */
  readonly firstFailure?: string;
  readonly ms: number;
  /** Memory of the worker now (bytes). Each run of Jest leaves some behind. */
  readonly memory: number;
}

/** How a worker tells the test file, which sees a copy of the environment only. */
export const VARIABLES = { mutant: 'MUTANT', traceTo: 'MUTANT_TRACE' } as const;
