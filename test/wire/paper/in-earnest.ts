/**
 * Counts a request unless it is given up within the same act: such a one never reaches a wire, since every adapter looks at
 * the signal once more before it sends.
 */
export const inEarnest = (signal: AbortSignal, count: () => void): void =>
  queueMicrotask(() => {
    if (!signal.aborted) count();
  });
