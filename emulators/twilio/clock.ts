import { performance } from 'node:perf_hooks';

/**
 * The emulator's only source of time. XState's `SimulatedClock` satisfies it, so a test can run hours of call in no time.
 */
export interface Clock {
  /** Milliseconds, monotonic; only differences mean anything. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** Real time: the process's monotonic clock, sub-millisecond, unaffected by changes of the wall clock. */
export const monotonicClock: Clock = {
  now: () => performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/**
 * Waits on the given clock.
 *
 * @returns resolves after `delayMs`, or at once when `signal` aborts; the caller looks at the signal to know which
 */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = (): void => {
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = clock.setTimeout(wake, delayMs);
    signal.addEventListener('abort', wake);
  });
}
