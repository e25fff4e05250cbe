import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyStateMachine } from 'xstate';
import { condense } from './condense.ts';
import { describeChart } from './describe-chart.ts';
import { toGraphText } from './graph-text.ts';
import { toMermaid } from './mermaid.ts';
import { toSvg } from './svg.ts';

/**
 * Draws machines in every form, by file name: `call.svg` (for a page), `call-full.svg` (for a screen), `call.mmd`
 * (Mermaid) and `call.txt` (for review).
 *
 * The same machines give the same bytes, always and everywhere.
 */
export async function chartFiles(machines: readonly AnyStateMachine[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const machine of machines) {
    const chart = describeChart(machine);
    files.set(`${chart.id}.svg`, await toSvg(condense(chart, 'recital'), 'overview'));
    files.set(`${chart.id}-full.svg`, await toSvg(chart, 'full'));
    files.set(`${chart.id}.mmd`, toMermaid(chart));
    files.set(`${chart.id}.txt`, toGraphText(chart));
  }
  return files;
}

/** Writes the files and nothing else: files of machines that are gone stay, and {@link staleFiles} names them. */
export async function writeCharts(files: ReadonlyMap<string, string>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of files) await writeFile(join(folder, name), content);
}

/** @returns names of files in the folder that are missing, differ, or belong to no machine any more */
export async function staleFiles(files: ReadonlyMap<string, string>, folder: string): Promise<readonly string[]> {
  const present = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const stale = present.filter((name) => !files.has(name));
  for (const [name, content] of files)
    if (!present.includes(name) || (await readFile(join(folder, name), 'utf8')) !== content) stale.push(name);
  return stale.sort();
}
