import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { chartFiles, staleFiles, writeCharts } from './chart-files.ts';
import { MACHINES } from './charts.ts';

const DEFAULT_FOLDER = fileURLToPath(new URL('../../docs/charts', import.meta.url));

/** `npm run chart`: draws the product's charts, or checks that the drawings are those of today's machines. */
const command = new Command('npm run chart --')
  .description("Draws the product's statecharts: SVG for a page and for a screen, Mermaid, and text for review.")
  .option('--check', 'write nothing; fail when a file differs from what the machines are now')
  .option('--out <folder>', 'where the files are', DEFAULT_FOLDER)
  .action(async ({ check, out }: { check?: true; out: string }) => {
    const files = await chartFiles(MACHINES);
    if (!check) {
      await writeCharts(files, out);
      process.stdout.write(`wrote ${files.size} files to ${out}\n`);
      return;
    }
    const stale = await staleFiles(files, out);
    if (stale.length === 0) {
      process.stdout.write(`${files.size} files are up to date\n`);
      return;
    }
    process.stderr.write(
      `out of date in ${out}: ${stale.join(', ')}\nrun \`npm run chart\` and commit what it writes\n`,
    );
    process.exitCode = 1;
  });

await command.parseAsync();
