/**
 * First code of every worker thread, and the only JavaScript of the services: it teaches the thread to load TypeScript,
 * then loads the module that `workerData.entry` names.
 *
 * Node 20 has no way to do this from outside: `--import tsx` in a worker's `execArgv` does not reach the entry module.
 */
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
