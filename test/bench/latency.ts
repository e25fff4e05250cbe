/**
 * A suite that measures how long something takes a caller, on real sockets, instead of how often a second it could be done.
 * Lives beside the others in `test/bench/suites/`.
 */
export interface LatencySuite {
  /** One line: what is measured. */
  readonly about: string;
  readonly scenarios: readonly Scenario[];
}

export interface Scenario {
  readonly title: string;
  /** Measures for about so long (ms), or longer, until there are enough samples. */
  run(timeMs: number): Promise<readonly Stage[]>;
}

/** One stage of a road. */
export interface Stage {
  readonly name: string;
  /** What its median should not exceed (ms); none where the stage only explains the others. */
  readonly targetMs?: number;
  /** How long it took, each time (ms). */
  readonly samplesMs: readonly number[];
  /** How long the same way takes when nothing is done on it (ms): what is not ours of `samplesMs`. */
  readonly bareMs?: readonly number[];
}

/** The value (ms) below which this share of the samples lies. @throws RangeError without samples */
export function percentile(samplesMs: readonly number[], share: number): number {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/**
 * Lays the stages of a scenario out as text.
 *
 * @example
 * 20 calls                                 p50 ms    p95 ms   samples   target   bare p50
 *   end of turn → model request              1.31      3.05       400        2       0.61
 */
export function latencyTable(title: string, stages: readonly Stage[]): string {
  const lines = stages.map(({ name, samplesMs, targetMs, bareMs }) => {
    const figures = [0.5, 0.95].map((share) => percentile(samplesMs, share).toFixed(2).padStart(10));
    const target = targetMs === undefined ? '' : String(targetMs);
    const bare = bareMs === undefined ? '' : percentile(bareMs, 0.5).toFixed(2);
    const line = `  ${name.padEnd(46)}${figures.join('')}${String(samplesMs.length).padStart(10)}${target.padStart(9)}`;
    return `${line}${bare.padStart(11)}`.trimEnd();
  });
  const head = ['p50 ms', 'p95 ms', 'samples'].map((text) => text.padStart(10)).join('');
  return [`${title.padEnd(48)}${head}${'target'.padStart(9)}${'bare p50'.padStart(11)}`, ...lines, ''].join('\n');
}
