import type { ReplayStep } from './replay.ts';

/** What a reader may press between two steps. */
export type Key = 'next' | 'quit';

/**
 * Goes through steps one by one.
 *
 * @param show prints a step
 * @param nextKey waits for the reader; undefined: nobody is there to press a key, and all steps are shown
 * @returns the last step that was shown
 */
export async function stepThrough(
  steps: Iterable<ReplayStep>,
  show: (step: ReplayStep) => void,
  nextKey: (() => Promise<Key>) | undefined,
): Promise<ReplayStep | undefined> {
  let last: ReplayStep | undefined;
  for (const step of steps) {
    if (last && nextKey && (await nextKey()) === 'quit') return last;
    show(step);
    last = step;
  }
  return last;
}

/** `q`, Ctrl-C, Ctrl-D: in raw mode the terminal makes no signals of them. */
const QUITS = ['q', '\u0003', '\u0004'];

/** Reads keys from a terminal: Enter or space goes on, `q`, Ctrl-C or the end of the input quits. */
export function keysOf(terminal: NodeJS.ReadStream): () => Promise<Key> {
  return () =>
    new Promise((resolve) => {
      const answer = (key: Key): void => {
        terminal.off('data', heard).off('end', over);
        terminal.setRawMode(false).pause();
        resolve(key);
      };
      const over = (): void => answer('quit');
      const heard = (bytes: Buffer): void => {
        const text = bytes.toString();
        if (QUITS.some((key) => text.includes(key))) answer('quit');
        else if (/[\r\n ]/.test(text)) answer('next');
      };
      terminal.setRawMode(true).resume();
      terminal.on('data', heard).once('end', over);
    });
}
