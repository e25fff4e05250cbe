import { type TransferListItem, Worker } from 'node:worker_threads';
import { messageOf } from './message-of.ts';

export interface ThreadOptions<Outward> {
  /** The TypeScript module that the thread runs: `new URL('./x-thread.ts', import.meta.url)`. */
  readonly entry: URL;
  /** What the module finds in `workerData`. Cloned; a `WebAssembly.Module` is shared, not copied. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Called for each message of the thread, in order. */
  onMessage(message: Outward): void;
  /** Called at most once, when the thread ends by itself: an uncaught error, or too little memory. */
  onLost(reason: string): void;
}

/** A worker thread, in the types of its messages. */
export interface Thread<Inward> {
  post(message: Inward, transfer?: readonly TransferListItem[]): void;
  /** Whether the thread alone keeps the process alive. True at first. */
  holdProcess(hold: boolean): void;
  /** Ends the thread, whatever it does; resolves when it is gone. Nothing is reported afterwards. */
  stop(): Promise<void>;
}

/**
 * Starts a worker thread that runs TypeScript, in the server and under jest alike.
 *
 * The thread inherits no flags of the process (`execArgv` is empty): what it needs, `thread-entry.mjs` sets up.
 */
export function startThread<Inward, Outward>(options: ThreadOptions<Outward>): Thread<Inward> {
  const worker = new Worker(new URL('./thread-entry.mjs', import.meta.url), {
    workerData: { ...options.data, entry: options.entry.href },
    execArgv: [],
  });
  let reason = 'the thread ended';
  worker.on('message', (message: Outward) => options.onMessage(message));
  worker.on('messageerror', (error) => {
    reason = messageOf(error);
    void worker.terminate();
  });
  worker.on('error', (error) => {
    reason = messageOf(error);
  });
  worker.on('exit', () => options.onLost(reason));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    holdProcess: (hold) => (hold ? worker.ref() : worker.unref()),
    stop: async () => {
      worker.removeAllListeners();
      // An error that is on its way already would else be an uncaught exception of the whole process.
      worker.on('error', () => {});
      await worker.terminate();
    },
  };
}
