import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Errand, Outcome } from './worker.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** A worker that has grown to this is replaced by a fresh one (bytes). */
const MOST_MEMORY = 1_000_000_000;

/** One process that runs test files, one after the other. */
export class Worker {
  #process: ChildProcess | undefined;

  /**
   * @param patienceMs a test file that takes longer hangs: the process is ended, and a fresh one takes its place
   * @returns undefined when the file did not come to its end
   */
  async run(errand: Errand, patienceMs: number): Promise<Outcome | undefined> {
    this.#process ??= begin();
    const worker = this.#process;
    const settled = new AbortController();
    const { signal } = settled;
    const timer = setTimeout(() => worker.kill('SIGKILL'), patienceMs);
    try {
      const answer = once(worker, 'message', { signal }).then(([outcome]) => outcome as Outcome);
      const death = once(worker, 'exit', { signal }).then(() => undefined);
      worker.send(errand);
      const outcome = await Promise.race([answer, death]);
      if (!outcome) this.#process = undefined;
      else if (outcome.memory > MOST_MEMORY) this.end();
      return outcome;
    } finally {
      clearTimeout(timer);
      settled.abort();
    }
  }

  end(): void {
    this.#process?.kill();
    this.#process = undefined;
  }
}

const begin = (): ChildProcess =>
  fork(WORKER, {
    execArgv: ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
