import type { Random } from './seeded-random.ts';

/** A delay (ms): always the same, or spread log-normally, as answers of a loaded server are. */
export type Delay = number | { readonly medianMs: number; readonly p95Ms: number };

/** How slow the model is. */
export interface LatencyProfile {
  /** Until the response's headers. */
  readonly headers: Delay;
  /** From the headers to the first piece. */
  readonly firstToken: Delay;
  /** Between two pieces. */
  readonly gap: Delay;
}

/**
 * Profiles to choose from. `fast` and `slow` put the first token where third parties measured small models without
 * reasoning (half a second) and guides without tuning (two seconds); orders of magnitude, no promise.
 */
export const LATENCIES = {
  none: { headers: 0, firstToken: 0, gap: 0 },
  fast: {
    headers: { medianMs: 120, p95Ms: 200 },
    firstToken: { medianMs: 400, p95Ms: 550 },
    gap: { medianMs: 12, p95Ms: 40 },
  },
  slow: {
    headers: { medianMs: 250, p95Ms: 600 },
    firstToken: { medianMs: 1700, p95Ms: 3000 },
    gap: { medianMs: 30, p95Ms: 120 },
  },
} as const satisfies Record<string, LatencyProfile>;

/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.6449;

/** Draws one delay (ms). */
export function drawDelay(delay: Delay, random: Random): number {
  if (typeof delay === 'number') return delay;
  const { medianMs, p95Ms } = delay;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return medianMs * Math.exp((Math.log(p95Ms / medianMs) / Z95) * normal);
}
