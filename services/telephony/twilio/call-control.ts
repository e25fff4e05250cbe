import type { Twilio } from 'twilio';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { leadingTo } from '../../../machines/call/output.ts';
import type { CallControl } from '../../../machines/call/ports.ts';
import { ServiceError } from '../../errors.ts';
import { connectTwilio, type TwilioAccount } from './client.ts';
import { handOver } from './hand-over.ts';
import { restError } from './rest-error.ts';

export interface CallControlOptions {
  readonly callSid: string;
  /** Absolute URL that Twilio asks what to do once the other party is gone or could not be reached. */
  readonly actionUrl: string;
}

/**
 * Twilio's REST API for live calls. One per server; the SDK (0.2–0.5 s) is loaded by the first request, or by
 * {@link warmUp}, so that neither the start of the server nor a process without an account pays for it.
 */
export class TwilioRest {
  readonly #account: TwilioAccount;
  #client: Promise<Twilio> | undefined;

  constructor(account: TwilioAccount) {
    this.#account = account;
  }

  /** Loads the SDK ahead of the first request. Failure shows at the request. */
  async warmUp(): Promise<void> {
    await this.#load();
  }

  /** The {@link CallControl} of one call. */
  callControl({ callSid, actionUrl }: CallControlOptions): CallControl {
    return {
      transfer: async (destination, signal) => {
        const twiml = new VoiceResponse();
        handOver(twiml, leadingTo(destination), actionUrl);
        const client = await this.#load();
        await cancellable(() => client.calls(callSid).update({ twiml: twiml.toString() }), signal);
      },
    };
  }

  #load(): Promise<Twilio> {
    this.#client ??= connectTwilio(this.#account);
    return this.#client;
  }
}

/**
 * The SDK cannot abort a request, so once it was sent only the waiting is aborted; Twilio may still carry it out.
 *
 * @throws ServiceError `cancelled` once the signal is aborted, or what became of the request
 */
async function cancellable(send: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  const reason = new ServiceError('the hand-over was cancelled', { code: 'cancelled', vendor: 'twilio' });
  if (signal.aborted) throw reason;
  let cancel = (): void => {};
  const cancelled = new Promise<never>((_resolve, reject) => {
    cancel = () => reject(reason);
  });
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await Promise.race([send(), cancelled]);
  } catch (error) {
    throw ServiceError.is(error) ? error : restError(error);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
