/** Uses the local engines, closes them, and prints what the process held before and after; then it must end by itself. */
import { createSynthesiserPool } from '../../../services/text-to-speech/local/synthesiser-pool.ts';

const before = process.getActiveResourcesInfo();

const synthesisers = createSynthesiserPool({ threads: 2 });
await synthesisers.ready();
await synthesisers.speak({ text: 'Good evening.', voice: 'kal', rate: 1 });
await synthesisers.close();

process.stdout.write(JSON.stringify({ before, after: process.getActiveResourcesInfo() }));
