import type { PlayoutEvent } from '../../../../machines/call/events.ts';
import type { Playout } from '../../../../machines/call/ports.ts';

/** A playout that only notes what it was told, each call as its name and its arguments. */
export function playoutOnPaper() {
  const calls: unknown[][] = [];
  const listeners = new Set<(event: PlayoutEvent) => void>();
  const note =
    (name: string) =>
    (...told: unknown[]): void => {
      calls.push([name, ...told]);
    };
  const playout: Playout = {
    write: note('write'),
    endSentence: note('endSentence'),
    end: note('end'),
    cut: note('cut'),
    hold: note('hold'),
    release: note('release'),
    replay: note('replay'),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { playout, calls, listeners };
}
