import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run dev`: serves, and begins anew whenever a source file changes. */
const HELP = `Serves like npm start, and begins anew whenever a source file changes. Calls that are live then end.

  npm run dev        settings come from the environment or .env, as for npm start; see npm start -- --help
`;

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) process.stdout.write(HELP);
else {
  // Node's own watcher never ends by itself, so it cannot be asked for help.
  const server = spawn(process.execPath, [...process.execArgv, '--watch', 'server/main.ts'], { stdio: 'inherit' });
  server.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
}
