import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** `npm start`, as a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** What it wrote to its log so far: warnings and worse. */
  readonly log: readonly string[];
  /** Processor time that it has used so far (s), all its threads together. */
  cpuSeconds(): Promise<number>;
  /** Lets live calls end. @returns when it is gone, and its journals are on the disk */
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url));

/**
 * Starts it with nothing but these settings.
 *
 * @param directory where it runs, so that no `.env` of ours is found
 * @throws Error with what it wrote when it ends before it listens
 */
export async function startServerProcess(
  environment: Readonly<Record<string, string>>,
  directory: string,
): Promise<ServerProcess> {
  const options = ['--disable-warning=ExperimentalWarning', '--import', import.meta.resolve('tsx')];
  const child = spawn(process.execPath, [...options, MAIN], {
    cwd: directory,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const log: string[] = [];
  createInterface(child.stderr).on('line', (line) => log.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const [, address] = / on (http:\S+)/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
    void exited.then(([code]) => reject(new Error(`the server ended with ${code}:\n${log.join('\n')}`)));
  });
  return {
    url,
    log,
    async cpuSeconds() {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
    },
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}
