/** A thread that throws as soon as it is told to, after it has said so in shared memory. */
import { parentPort, workerData } from 'node:worker_threads';

const fails = new Int32Array((workerData as { readonly fails: SharedArrayBuffer }).fails);
parentPort?.on('message', () => {
  Atomics.store(fails, 0, 1);
  Atomics.notify(fails, 0);
  throw new Error('a bug in the thread');
});
parentPort?.postMessage('ready');
