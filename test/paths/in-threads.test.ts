import { describe, expect, it } from '@jest/globals';
import { TRANSFER_MODEL } from '../model/transfer-views.ts';
import { inThreads } from './in-threads.ts';
import { walkView } from './walk-view.ts';

/** A thread compiles the charts first, on a machine that may be busy. */
const PATIENCE_MS = 120_000;

describe('walks in threads', () => {
  it(
    'find the same as without',
    async () => {
      const doing: string[] = [];
      const options = { set: 'thorough', onProgress: (words: string) => doing.push(words) } as const;
      const [run] = await inThreads([{ chart: 'transfer', view: 'hand-over' }], options);
      const [view] = TRANSFER_MODEL.views;
      expect(view && { ...walkView(TRANSFER_MODEL, view, options), seconds: 0 }).toEqual({ ...run, seconds: 0 });
      expect(doing).toContain('transfer, hand-over: exploring');
    },
    PATIENCE_MS,
  );

  it(
    'fail when a thread does',
    async () => {
      await expect(inThreads([{ chart: 'transfer', view: 'nowhere' }], { set: 'smoke' })).rejects.toThrow(
        'there is no view "nowhere" of "transfer"',
      );
    },
    PATIENCE_MS,
  );
});
