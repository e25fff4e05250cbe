import { Command, CommanderError } from 'commander';
import { ServiceError } from '../services/errors.ts';
import { CALL_SID } from '../services/telephony/twilio/messages.ts';
import { DialError, dial, endCall } from './dial.ts';
import { loadDotEnv, readSettings, SettingsError } from './settings.ts';

/** `npm run dial`: the agent of a running server calls somebody. */
const command = new Command('npm run dial')
  .usage('-- --to <number> [options]')
  .description(
    'Lets the agent of the running server call somebody, from TWILIO_PHONE_NUMBER. Costs what the call costs.',
  )
  .option('--to <number>', 'whom to call, E.164')
  .option('--url <url>', 'where the server is reached; default PUBLIC_URL. With --tunnel: what npm start says')
  .option('--hang-up <callSid>', 'ends a call that was dialled, instead')
  .addHelpText(
    'after',
    `
Needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_PHONE_NUMBER and PUBLIC_URL, from the environment or .env.

Examples:
  npm run dial -- --to +14155550100
  npm run dial -- --hang-up CA0123456789abcdef0123456789abcdef

Exit codes: 0 Twilio has taken the order, 1 it has not, 2 wrong usage`,
  )
  .allowExcessArguments(false)
  .exitOverride();

async function main(): Promise<number> {
  const { to, url, hangUp } = command.parse().opts<{ to?: string; url?: string; hangUp?: string }>();
  if ((to === undefined) === (hangUp === undefined)) command.error('error: give either --to or --hang-up');
  if (hangUp !== undefined && !CALL_SID.test(hangUp))
    command.error(`error: --hang-up: expected CA and 32 hexadecimal digits, received ${JSON.stringify(hangUp)}`);
  loadDotEnv();
  const settings = readSettings(url === undefined ? process.env : { ...process.env, PUBLIC_URL: url });
  if (to === undefined) process.stdout.write(`The call ${await endCall(settings, String(hangUp))}.\n`);
  else {
    const callSid = await dial(settings, to);
    process.stdout.write(`Calling ${to}: ${callSid}\nTo end it: npm run dial -- --hang-up ${callSid}\n`);
  }
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const expected = error instanceof SettingsError || error instanceof DialError || ServiceError.is(error);
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
});
