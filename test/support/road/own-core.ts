import { spawnSync } from 'node:child_process';

/** A core that one process has for itself. */
export interface OwnCore {
  readonly core: number;
  /** Lets this process run everywhere again. */
  release(): void;
}

/**
 * Gives a process a core of its own and leaves the others to this one, as if they were two machines. Else an idle kernel may
 * put both on one core, and what one of them still has to do is waited for by the other.
 *
 * @returns undefined where there is one core only, or no `taskset` (util-linux)
 */
export function giveOwnCore(pid: number): OwnCore | undefined {
  const cores = coresOf(process.pid);
  const core = cores.at(-1);
  if (core === undefined || cores.length < 2) return undefined;
  if (!runOn(pid, [core]) || !runOn(process.pid, cores.slice(0, -1))) return undefined;
  return { core, release: () => void runOn(process.pid, cores) };
}

/** Where a process may run, for example 0, 1 and 3 of `current affinity list: 0,1,3`, or of `0-1,3`. */
function coresOf(pid: number): number[] {
  const { stdout } = spawnSync('taskset', ['-c', '-p', String(pid)], { encoding: 'utf8' });
  const list = /: ([\d,-]+)\s*$/.exec(stdout ?? '')?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    if (first === undefined || last === undefined || range === '') return [];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Keeps all threads of a process on these cores. @returns whether that could be done */
export const runOn = (pid: number, cores: readonly number[]): boolean =>
  spawnSync('taskset', ['-a', '-c', '-p', cores.join(','), String(pid)]).status === 0;
