import type { Twilio } from 'twilio';
import { CALL_IS_OVER, restError } from './rest-error.ts';

/**
 * Ends a call at the carrier, whatever its document still says. One that rings is given up, too.
 *
 * @returns whether it was still on: a call that has ended, or that Twilio no longer knows, is what was wanted
 * @throws ServiceError
 */
export async function hangUp(client: Pick<Twilio, 'calls'>, callSid: string): Promise<'ended' | 'was over'> {
  try {
    await client.calls(callSid).update({ status: 'completed' });
    return 'ended';
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code === 'number' && CALL_IS_OVER.has(code)) return 'was over';
    throw restError(error);
  }
}
