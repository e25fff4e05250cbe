import { median } from '../../../journal/describe-record.ts';

/** The value that so great a part of the values does not exceed (nearest rank). NaN of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** Median and maximum in ms, for people. */
export function spread(values: readonly number[]): string {
  const whole = values.map((value) => value.toFixed(1));
  if (values.length === 1) return `${whole[0]} ms`;
  return `median ${(median(values) ?? Number.NaN).toFixed(1)} ms, at most ${Math.max(...values).toFixed(1)} ms`;
}
