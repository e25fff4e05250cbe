import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Coverage } from '../../../visualizations/coverage/coverage.ts';
import { reportPage } from '../../../visualizations/coverage/report-page.ts';
import { writeReport } from '../../../visualizations/coverage/write-report.ts';
import { DOOR_MODEL } from '../../paths/door-model.ts';
import { runPaths } from '../../paths/run-paths.ts';
import { doorOptions } from '../../support/door-graph.ts';

const run = runPaths([DOOR_MODEL], { set: 'smoke' });
const partial = runPaths(
  [{ ...DOOR_MODEL, views: [{ ...doorOptions, name: 'bell alone', stimuli: () => [{ type: 'bell.pressed' }] }] }],
  { set: 'smoke' },
);
const pageOf = (coverage: Coverage) => reportPage(coverage, new Map());

describe('the report', () => {
  it('has an entry for each transition, with its counts and its shortest way in words', () => {
    const page = pageOf(run);
    expect(page).toContain('All 11 goals reached, all laws kept');
    for (const [index, { taken }] of run.charts[0]?.transitions.entries() ?? []) {
      expect(page).toContain(`id="door-${index + 1}"`);
      expect(page).toContain(`<i>taken</i> ${taken.count}</span>`);
    }
    expect(page).toContain('<span class="told" title="bell.pressed">The bell: pressed</span>');
    expect(page).toContain('<summary>2 exceptions, each with its reason</summary>');
  });

  it('says first what is missing', () => {
    const page = pageOf(partial);
    const head = page.slice(page.indexOf('<header>'), page.indexOf('</header>'));
    expect(head).toContain('<h1 class="wrong">');
    expect(head).toContain('never taken: door.closed --door.opened--&gt; door.open [has a key]');
    expect(page).toContain('No walk takes it: nothing that may happen leads here.');
    expect(pageOf(run)).not.toContain('class="missing"');
  });

  it('asks for nothing from outside, and every link of it leads somewhere', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'coverage-'));
    try {
      const file = await writeReport(run, [DOOR_MODEL.machine], folder);
      expect((await readdir(folder)).toSorted()).toEqual(['coverage.json', 'door.svg', 'index.html', 'junit.xml']);
      const page = await readFile(file, 'utf8');
      expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|\ssrc=|@import|<link/);
      const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
      const targets = [...page.matchAll(/\shref="#([^"]*)"/g)].map(([, id]) => id);
      expect(targets.length).toBeGreaterThan(9);
      expect(targets.filter((id) => !ids.has(id))).toEqual([]);
      expect(ids.size).toBe([...page.matchAll(/\sid="/g)].length);
      expect(JSON.parse(await readFile(join(folder, 'coverage.json'), 'utf8'))).toEqual(
        JSON.parse(JSON.stringify(run)),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
