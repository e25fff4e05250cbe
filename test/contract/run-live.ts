import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { loadDotEnv } from '../../server/settings.ts';

/** `npm run test:live`: the contract of each engine, against its vendor. */
const HELP = `Holds each vendor's service to the contract of its engine. Costs a few cents at most.

  npm run test:live            keys come from the environment or .env; what has no key is skipped, and said so
`;

/** What each key brings to life. */
const LIVE = {
  DEEPGRAM_API_KEY: 'Deepgram Flux listens, Deepgram Aura speaks',
  OPENAI_API_KEY: 'OpenAI thinks',
  GROQ_API_KEY: 'Groq thinks',
} as const;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Folders with tests that come to life with a key. */
const TESTS = ['test/contract', 'test/services/text-to-speech/deepgram-aura/live'];

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) process.stdout.write(HELP);
else {
  loadDotEnv();
  const keys = Object.entries(LIVE);
  for (const [key, what] of keys) say(process.env[key] ? `live:    ${what}` : `SKIPPED: ${what} (${key} is not set)`);
  if (keys.some(([key]) => process.env[key])) {
    const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
    const jest = ['node_modules/jest/bin/jest.js', '--testNamePattern', ', live |Deepgram itself'];
    const tests = spawn(process.execPath, [...flags, ...jest, ...TESTS], { stdio: 'inherit' });
    tests.on('exit', (code) => {
      process.exitCode = code ?? 1;
    });
  } else say('Nothing to do: set a key in .env, or here: DEEPGRAM_API_KEY=… npm run test:live');
}
