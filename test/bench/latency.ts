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
 * Lays the stages of a scenario out as text. `ours` is what the median has above that of the bare way.
 *
 * @example
 * 20 calls                                 p50 ms    p95 ms   samples      bare      ours   target
 *   end of turn → model request              1.31      3.05       400      0.61      0.70        2
 */
export function latencyTable(title: string, stages: readonly Stage[]): string {
  const lines = stages.map(({ name, samplesMs, targetMs, bareMs }) => {
    const [p50, p95] = [percentile(samplesMs, 0.5), percentile(samplesMs, 0.95)];
    const bare = bareMs && percentile(bareMs, 0.5);
    const figures = [
      p50.toFixed(2),
      p95.toFixed(2),
      samplesMs.length,
      bare?.toFixed(2),
      bare && (p50 - bare).toFixed(2),
    ];
    return row(`  ${name}`, figures, targetMs);
  });
  return [row(title, ['p50 ms', 'p95 ms', 'samples', 'bare', 'ours'], 'target'), ...lines, ''].join('\n');
}

const row = (
  name: string,
  figures: readonly (string | number | undefined)[],
  target: string | number | undefined,
): string =>
  `${name.padEnd(48)}${figures.map((figure) => String(figure ?? '').padStart(10)).join('')}${String(target ?? '').padStart(9)}`.trimEnd();
