import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ViewRun } from './view-run.ts';
import type { WalkOptions } from './walk-view.ts';

/** One view of one of the product's charts. */
export interface Errand {
  /** Id of the machine. */
  readonly chart: string;
  readonly view: string;
}

/** What a thread is asked, and what it answers. */
export type Order = Errand & Pick<WalkOptions, 'set' | 'seed'>;
export type Answer = { readonly doing: string } | { readonly run: ViewRun };

/**
 * Walks views in threads of their own, as many at a time as there are processors.
 *
 * @returns the runs, in the order of the errands
 * @throws what a thread throws: something is wrong with the tools, not with the chart
 */
export async function inThreads(
  errands: readonly Errand[],
  { set, seed = 0, onProgress = () => {} }: WalkOptions,
): Promise<readonly ViewRun[]> {
  const runs: ViewRun[] = [];
  const waiting = [...errands.entries()];
  const lane = async (): Promise<void> => {
    const next = waiting.shift();
    if (!next) return;
    const [index, errand] = next;
    runs[index] = await walkInThread({ ...errand, set, seed }, onProgress);
    await lane();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return runs;
}

function walkInThread(order: Order, onProgress: (doing: string) => void): Promise<ViewRun> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: order });
    worker.on('message', (answer: Answer) => {
      if ('doing' in answer) onProgress(answer.doing);
      else resolve(answer.run);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error(`the thread for ${order.chart}, ${order.view} ended without an answer`)));
  });
}
