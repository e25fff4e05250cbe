import { PhoneCall } from './phone-call.ts';
import type { PhoneOptions } from './phone-options.ts';

/**
 * Dials a number of the server under test, as a caller on the telephone network does.
 *
 * Posts the voice webhook and obeys the TwiML from then on. Resolves when TwiML has come and before its first verb runs,
 * so that listeners miss nothing.
 *
 * @example
 * const call = await placeCall({ url: 'http://127.0.0.1:3000/twilio/voice', authToken });
 * await call.waitFor('agentAudio');
 * await call.sendAudio(speech);
 * await call.next('agentSilent');
 * await call.hangUp();
 * await writeFile('call.wav', call.recording.toWav());
 *
 * @throws CallFailure with Twilio's code when neither the webhook nor the fallback gave TwiML (11200, 11205, 12100 …)
 */
export async function placeCall(options: PhoneOptions): Promise<PhoneCall> {
  const call = new PhoneCall(options);
  options.registry?.add(call);
  await call.ring();
  return call;
}
