import type { CallContext } from './call-context.ts';

/** Twilio's default for a human greeting: it decides about so long after the answer (ms). */
const VERDICT_AFTER = 2400;

/**
 * Asynchronous answering machine detection: the verdict is posted while the call goes on.
 *
 * @returns withdraws it, for calls that end before
 * @see https://www.twilio.com/docs/voice/answering-machine-detection
 */
export function announceVerdict({ options, identity, clock, deliveries }: CallContext): () => void {
  const { asyncMachineDetection, answeredBy = 'human' } = options;
  if (asyncMachineDetection === undefined) return () => {};
  const { url, afterMs = VERDICT_AFTER } = asyncMachineDetection;
  const verdict = {
    CallSid: identity.callSid,
    AccountSid: identity.accountSid,
    AnsweredBy: answeredBy,
    MachineDetectionDuration: String(afterMs),
  };
  const timer = clock.setTimeout(() => deliveries.send(url, 'POST', verdict), afterMs);
  return () => clock.clearTimeout(timer);
}
