import { isValidPhoneNumber } from 'libphonenumber-js';
import { connectTwilio } from '../services/telephony/twilio/client.ts';
import { createCall } from '../services/telephony/twilio/create-call.ts';
import { hangUp } from '../services/telephony/twilio/hang-up.ts';
import { withRequired } from './required-settings.ts';
import type { Settings } from './settings.ts';

/** Why nobody was called, in words that say what to do. */
export class DialError extends Error {
  override readonly name = 'DialError';
}

/** How long the server may take to say that it is ready (ms). */
const PATIENCE_MS = 5000;

/**
 * Lets the agent of a running server call somebody: the server is asked whether it takes calls, then Twilio is told to make
 * the call and to ask that server what to say.
 *
 * @param to E.164
 * @returns the call's SID, `CA…`: its journal is `LOG_DIR/CA….jsonl`
 * @throws SettingsError that names what is missing; DialError; a ServiceError of Twilio, after which nothing is tried again
 */
export async function dial(settings: Settings, to: string): Promise<string> {
  const names = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_PHONE_NUMBER', 'PUBLIC_URL'] as const;
  const { PUBLIC_URL, TWILIO_PHONE_NUMBER } = withRequired(settings, 'npm run dial', names);
  if (!to.startsWith('+') || !isValidPhoneNumber(to))
    throw new DialError(`--to: expected a number in E.164, for example +14155550100, received ${JSON.stringify(to)}`);
  await takesCalls(PUBLIC_URL);
  return createCall(await clientOf(settings), {
    to,
    from: TWILIO_PHONE_NUMBER,
    url: `${PUBLIC_URL}/twilio/voice`,
    statusCallback: `${PUBLIC_URL}/twilio/status`,
  });
}

/**
 * Ends a call that was dialled, whether it still rings or is talked to.
 *
 * @throws SettingsError that names what is missing; a ServiceError of Twilio
 */
export async function endCall(settings: Settings, callSid: string): Promise<'ended' | 'was over'> {
  return hangUp(await clientOf(settings), callSid);
}

async function clientOf(settings: Settings) {
  const names = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'] as const;
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = withRequired(settings, 'npm run dial', names);
  return connectTwilio({
    accountSid: TWILIO_ACCOUNT_SID,
    authToken: TWILIO_AUTH_TOKEN,
    baseUrl: settings.TWILIO_API_BASE_URL,
  });
}

/** Whoever is called must not hear Twilio's error message. */
async function takesCalls(url: string): Promise<void> {
  const status = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => undefined,
  );
  if (status === undefined)
    throw new DialError(`nobody answers at ${url}: npm start first, or give its address: --url`);
  if (status === 503) throw new DialError(`the server at ${url} takes no calls now: it is full, or about to stop`);
  if (status !== 200) throw new DialError(`what answers at ${url} is not Callchart (HTTP ${status}): check PUBLIC_URL`);
}
