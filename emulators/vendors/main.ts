import { Command } from 'commander';
import { availableProfiles, loadProfile, ProfileError } from '../../agents/load-profile.ts';
import { startVendors } from './start-vendors.ts';

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const port = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new Error(`expected a port from 0 to 65535, received ${JSON.stringify(text)}`);
};

await new Command('npm run emulators')
  .usage('-- [options]')
  .description(
    'Deepgram (Flux and Aura) and OpenAI on this machine, over their own wire, with no account: the embedded engines hear,\n' +
      'think and speak behind it. Prints what a server needs in its environment, and runs until Ctrl-C.',
  )
  .option('--agent <name>', `whose conversations they hold: ${availableProfiles().join(', ')}`, 'continental')
  .option('--deepgram-port <port>', 'default: a free one', port, 0)
  .option('--openai-port <port>', 'default: a free one', port, 0)
  .action(async ({ agent, deepgramPort, openaiPort }: { agent: string; deepgramPort: number; openaiPort: number }) => {
    const vendors = await startVendors({ profile: loadProfile(agent), deepgramPort, openaiPort });
    const environment = { AGENT: agent, ...vendors.environment };
    say('The vendors answer. In another terminal:\n');
    for (const [name, value] of Object.entries(environment)) say(`  export ${name}=${value}`);
    say('  npm start\n\nand in a third: npm run call -- --interactive. Ctrl-C ends the vendors.');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void vendors.close());
  })
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(
      `${error instanceof ProfileError || error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  });
