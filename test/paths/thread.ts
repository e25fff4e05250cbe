import { parentPort, workerData } from 'node:worker_threads';
import { MODELS } from '../model/views.ts';
import type { Answer, Order } from './in-threads.ts';
import { walkView } from './walk-view.ts';

/** The other end of `inThreads()`: walks the view that it was started with, and ends. */
const { chart, view: name, ...options } = workerData as Order;
const answer = (words: Answer): void => parentPort?.postMessage(words);

const model = MODELS.find(({ machine }) => machine.id === chart);
const view = model?.views.find((one) => one.name === name);
if (!model || !view) throw new Error(`there is no view "${name}" of "${chart}"`);
answer({ run: walkView(model, view, { ...options, onProgress: (doing) => answer({ doing }) }) });
