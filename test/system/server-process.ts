import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** `npm start`, as a process of its own with nothing but these settings. */
export interface ServerProcess {
  /** Everything that it wrote so far: standard output and standard error. */
  output(): string;
  /** Resolves once it has written this. Rejects with its output when it ends before. */
  written(text: string): Promise<void>;
  /** Asks it to end. */
  stop(): void;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  /** Ends it at once; a test that failed leaves it running. */
  kill(): void;
}

export function startProcess(environment: NodeJS.ProcessEnv): ServerProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', 'tsx', main], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
      child.emit('written');
    });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return {
    output: () => output,
    async written(text) {
      const lines = on(child, 'written');
      const died = exited.then(() => Promise.reject(new Error(output)));
      died.catch(() => {}); // expected at the end
      while (!output.includes(text)) await Promise.race([lines.next(), died]);
      await lines.return?.();
    },
    stop: () => child.kill('SIGTERM'),
    exited,
    kill: () => child.kill('SIGKILL'),
  };
}
