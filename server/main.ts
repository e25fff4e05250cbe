import { Command } from 'commander';
import { ProfileError } from '../agents/load-profile.ts';
import { ServiceError } from '../services/errors.ts';
import { checkKeys } from './check-keys.ts';
import { createServer, type RunningServer } from './create-server.ts';
import { guardProcess } from './guard-process.ts';
import { createLogger } from './logging.ts';
import { openNgrok, TunnelError } from './ngrok.ts';
import { loadDotEnv, readSettings, type Settings, SettingsError, secretsOf, VARIABLES } from './settings.ts';
import { startBehindTunnel } from './tunnel.ts';

/** `npm start`: serves until SIGTERM or SIGINT, then lets live calls end. A second signal ends at once. */
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const complain = (text: string): boolean => process.stderr.write(`${text}\n`);

// Whoever read what is written may be gone (a closed pipe): no reason to hang up on anybody.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

await new Command('npm start')
  .description('Answers phone calls. Every call is a statechart; its journal goes to LOG_DIR.')
  .option(
    '--tunnel',
    'makes this run reachable through ngrok (NGROK_AUTHTOKEN), and points TWILIO_PHONE_NUMBER at it: call it, and it rings here',
  )
  .addHelpText(
    'after',
    `\nSettings come from the environment or .env; .env.example explains each:\n  ${VARIABLES.join(' ')}`,
  )
  .allowExcessArguments(false)
  .action(serve)
  .parseAsync();

async function serve({ tunnel = false }: { readonly tunnel?: boolean }): Promise<void> {
  try {
    loadDotEnv();
    const given = readSettings(process.env);
    const logger = createLogger({
      level: given.LOG_LEVEL,
      secrets: secretsOf(given),
      pretty: process.stderr.isTTY === true,
    });
    await checkKeys(given, logger);
    const start = (settings: Settings): Promise<RunningServer> => createServer(settings, { logger });
    const tunnelled = tunnel ? await startBehindTunnel(given, openNgrok, start) : undefined;
    const { server, settings } = tunnelled ?? { server: await start(given), settings: given };
    guardProcess(process, { logger, onBroken: () => stopping || stop(server, 'broken', 1) });
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => (stopping ? process.exit(130) : stop(server, signal, 0)));
    say(welcome(settings, server, tunnelled !== undefined));
  } catch (error) {
    complain(explain(error));
    process.exitCode = 1;
  }
}

let stopping = false;

async function stop(server: RunningServer, why: string, code: number): Promise<void> {
  stopping = true;
  say(`${why}: no more calls; ${server.calls.live} live. A signal from now on ends at once.`);
  try {
    await server.close();
    process.exit(code);
  } catch (error) {
    complain(explain(error));
    process.exit(1);
  }
}

/** One block that says what runs, where, and what to do next. */
function welcome(settings: Settings, { url }: RunningServer, tunnelled: boolean): string {
  const { engines, PUBLIC_URL, TWILIO_AUTH_TOKEN, AGENT, LOG_DIR, host } = settings;
  const askedHost = process.env.HOST?.trim();
  const reached = PUBLIC_URL ?? url;
  const lines = [
    '',
    `  Callchart answers calls as “${AGENT}” on ${url}`,
    `  Listening: ${engines.STT} · thinking: ${engines.LLM} · speaking: ${engines.TTS}`,
    `  Journals:  ${LOG_DIR}/CA….jsonl`,
    '',
  ];
  if (TWILIO_AUTH_TOKEN === undefined) {
    lines.push('  WARNING: TWILIO_AUTH_TOKEN is not set, so ANYONE is accepted. Listening on loopback only.');
    if (askedHost && askedHost !== host) lines.push(`           HOST=${askedHost} is ignored until it is set.`);
    lines.push('', `  Next: npm run call -- --help   (a phone that needs no account)`);
  } else if (tunnelled)
    lines.push(`  Next: call ${settings.TWILIO_PHONE_NUMBER}   (it rings here, through ${reached})`);
  else lines.push(`  Next: let your Twilio number’s voice webhook be  POST ${reached}/twilio/voice`);
  if (TWILIO_AUTH_TOKEN !== undefined && PUBLIC_URL === undefined)
    lines.push('        and set PUBLIC_URL: behind a proxy or tunnel no signature fits without it.');
  return [...lines, ''].join('\n');
}

/** What the system's errors say about where we wanted to listen. */
interface Listening {
  readonly port: number;
  readonly address: string;
  readonly hostname: string;
}

function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof ProfileError)
    return `${error.message}\n.env.example explains the settings.`;
  if (error instanceof TunnelError || ServiceError.is(error)) return error.message;
  const { code, port, address, hostname } = error as NodeJS.ErrnoException & Partial<Listening>;
  if (code === 'EADDRINUSE') return `Port ${port} is taken: set PORT to another one, or 0 for any.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `There is no address ${hostname} (${code}): check HOST.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return `Cannot listen on ${address}:${port} (${code}): check HOST and PORT.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
