import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { chartFiles, staleFiles, writeCharts } from '../../../visualizations/chart/chart-files.ts';
import { MACHINES } from '../../../visualizations/chart/charts.ts';
import { doorMachine } from '../../support/door-machine.ts';

const folder = fileURLToPath(new URL('../../../docs/charts', import.meta.url));

describe('chart files', () => {
  it('in docs/charts show the machines of today (else: npm run chart)', async () => {
    expect(await staleFiles(await chartFiles(MACHINES), folder)).toEqual([]);
  });

  it('are the same bytes on every run', async () => {
    expect(await chartFiles([doorMachine])).toEqual(await chartFiles([doorMachine]));
  });

  it('are stale when missing, changed or left over', async () => {
    const files = await chartFiles([doorMachine]);
    const scratch = await mkdtemp(join(tmpdir(), 'charts-'));
    try {
      expect(await staleFiles(files, join(scratch, 'nowhere'))).toEqual([
        'door-full.svg',
        'door.mmd',
        'door.svg',
        'door.txt',
      ]);
      await writeCharts(files, scratch);
      expect(await staleFiles(files, scratch)).toEqual([]);
      await writeFile(join(scratch, 'door.txt'), 'old');
      await writeFile(join(scratch, 'window.txt'), 'gone');
      expect(await staleFiles(files, scratch)).toEqual(['door.txt', 'window.txt']);
    } finally {
      await rm(scratch, { recursive: true });
    }
  });
});
