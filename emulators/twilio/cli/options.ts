import { Command, InvalidArgumentError, Option } from 'commander';
import { VOICES, type Voice } from '../../../services/text-to-speech/local/voices.ts';

/** What the user asked for on the command line. */
export interface CallCommand {
  readonly url: string;
  readonly publicUrl?: string;
  readonly statusUrl?: string;
  readonly accountSid?: string;
  readonly authToken?: string;
  readonly from: string;
  readonly to: string;
  readonly wav?: string;
  readonly say?: readonly string[];
  readonly interactive?: true;
  readonly atOnce?: true;
  readonly voice: Voice;
  readonly pause: number;
  readonly patience: number;
  readonly out?: string;
  readonly journals: string;
  readonly wire?: true;
  readonly restPort?: number;
}

const EXAMPLES = `
Examples:
  npm run call -- --say "I would like to book a table" --say "For two, tonight at seven" --out call.wav
  npm run call -- --interactive
  npm run call -- --wav order.wav --auth-token secret --public-url https://voice.example.com

Exit codes: 0 the call went as asked, 1 the call failed, 2 wrong usage, 3 the agent did not answer`;

/** The command line of the phone. Parsing throws a `CommanderError` instead of leaving the process. */
export function callProgram(): Command {
  return new Command('npm run call')
    .usage('-- [options]')
    .description('A telephone: calls a Twilio voice application, speaks, listens, and records what was heard.')
    .option('--url <url>', 'voice webhook of the number', readUrl, 'http://127.0.0.1:3000/twilio/voice')
    .addOption(
      new Option('--public-url <url>', 'origin that the server signs for').env('PUBLIC_URL').argParser(readOptionalUrl),
    )
    .option('--status-url <url>', 'call status callback (default: "status" beside the webhook)', readUrl)
    .addOption(new Option('--account-sid <sid>', 'Twilio account').env('TWILIO_ACCOUNT_SID'))
    .addOption(new Option('--auth-token <token>', 'signs all requests').env('TWILIO_AUTH_TOKEN'))
    .option('--from <number>', "the caller's number, E.164", readNumber, '+14155550123')
    .option('--to <number>', 'the number called, E.164', readNumber, '+14155550100')
    .option('--wav <file>', 'the caller says this file (WAV: 16-bit PCM, µ-law or A-law, any rate)')
    .option('--say <text>', 'the caller says this; may be repeated, each waits for the agent to finish', collect)
    .addOption(
      new Option('--interactive', 'type what the caller says; /dtmf <key>, /hangup').conflicts([
        'say',
        'wav',
        'atOnce',
      ]),
    )
    .option('--at-once', 'do not wait for the greeting')
    .addOption(new Option('--voice <name>', "the caller's voice").choices(VOICES).default('rms'))
    .option('--pause <ms>', 'silence of the agent that means: it has finished', readMilliseconds, 1200)
    .option('--patience <ms>', 'how long to wait for the agent to speak', readMilliseconds, 15_000)
    .option('--out <file>', 'records the call as stereo WAV: caller left, agent right')
    .addOption(
      new Option('--journals <folder>', "the server's LOG_DIR, if it is on this machine: shows what is said")
        .env('LOG_DIR')
        .default('logs'),
    )
    .option('--wire', 'also shows the marks of the stream')
    .option('--rest-port <port>', 'also serves the REST API for this call (needs account and token)', readPort)
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments(false)
    .showHelpAfterError('See npm run call -- --help')
    .exitOverride();
}

function collect(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

function readUrl(value: string): string {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value))
    throw new InvalidArgumentError('Expected http://… or https://…');
  return value;
}

/** An empty environment variable is as good as none. */
function readOptionalUrl(value: string): string | undefined {
  return value === '' ? undefined : readUrl(value);
}

function readNumber(value: string): string {
  if (!/^\+[1-9]\d{6,14}$/.test(value)) throw new InvalidArgumentError('Expected E.164, for example +14155550123.');
  return value;
}

function readMilliseconds(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError('Expected milliseconds, 1 or more.');
  return Number(value);
}

function readPort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('Expected 0 to 65535.');
  return port;
}
