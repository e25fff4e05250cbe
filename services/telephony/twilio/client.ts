import type { Twilio } from 'twilio';

export interface TwilioAccount {
  /** `AC…` */
  readonly accountSid: string;
  readonly authToken: string;
  /** Origin of another REST server, for example an emulator. Default: Twilio's own. */
  readonly baseUrl?: string | undefined;
  /** How long one request may take (ms). Default 9,000: under the call chart's own deadline for a hand-over. */
  readonly timeoutMs?: number;
}

/** Loads the SDK (0.2–0.5 s) and makes its client for one account. Sends nothing. */
export async function connectTwilio({
  accountSid,
  authToken,
  baseUrl,
  timeoutMs = 9000,
}: TwilioAccount): Promise<Twilio> {
  const { default: twilio } = await import('twilio');
  // A request that was over the limit was not processed, so the SDK may repeat it: 429 only.
  const client = twilio(accountSid, authToken, { autoRetry: true, maxRetries: 2, timeout: timeoutMs });
  if (baseUrl !== undefined) client.api.baseUrl = baseUrl.replace(/\/+$/, '');
  return client;
}
