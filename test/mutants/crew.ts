import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Errand, Outcome } from './errand.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** A worker that has grown to this is replaced by a fresh one (bytes). */
const MOST_MEMORY = 1_500_000_000;

/** What ended a process before it could answer: an error that no test caught, or the end of our patience. */
export interface Death {
  readonly diedOf: string;
}

/** Runs test files, one after the other, in a process of its own. */
export class Worker {
  #process: ChildProcess | undefined;
  /** What the process has complained of since the last errand. */
  #complaints = '';

  /** @param patienceMs a test file that takes longer hangs: the process is ended, and a fresh one takes its place */
  async run(errand: Errand, patienceMs: number): Promise<Outcome | Death> {
    this.#process ??= this.#begin();
    const worker = this.#process;
    this.#complaints = '';
    let hangs = false;
    const timer = setTimeout(() => {
      hangs = true;
      worker.kill('SIGKILL');
    }, patienceMs);
    const settled = new AbortController();
    const { signal } = settled;
    try {
      const answer = once(worker, 'message', { signal }).then(([outcome]) => outcome as Outcome);
      // 'close' comes behind the last of its complaints.
      const death = once(worker, 'close', { signal }).then((): Death => {
        return { diedOf: hangs ? `did not come to its end within ${patienceMs} ms` : errorIn(this.#complaints) };
      });
      worker.send(errand);
      const outcome = await Promise.race([answer, death]);
      if ('diedOf' in outcome) this.#process = undefined;
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

  #begin(): ChildProcess {
    const worker = fork(WORKER, {
      execArgv: ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', '--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    worker.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text;
    });
    return worker;
  }
}

const errorIn = (complaints: string): string =>
  complaints.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? 'its process ended without a word';
