import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { followWords } from '../../journal/follow-words.ts';
import { closeSynthesiser, synthesise } from '../../services/text-to-speech/local/synthesise.ts';
import { main } from './cli/main.ts';

/** `npm run call -- …`: the phone on the command line. */

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());

process.exitCode = await main(process.argv.slice(2), {
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
  lines: (signal) => createInterface({ input: process.stdin, signal }),
  synthesise,
  words: (folder, callSid, signal) => followWords(join(folder, `${callSid}.jsonl`), signal),
  interrupted: interruption.signal,
});
process.stdin.destroy();
await closeSynthesiser();
