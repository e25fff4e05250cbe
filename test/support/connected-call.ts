import type { PhoneCall } from '../../emulators/twilio/phone-call.ts';
import type { PhoneOptions } from '../../emulators/twilio/phone-options.ts';
import { placeCall } from '../../emulators/twilio/place-call.ts';
import {
  type ConnectTwimlParts,
  connectTwiml,
  type ScriptedServer,
  type SeenStream,
  startScriptedServer,
} from './scripted-server.ts';

/** A call whose stream is open, and the server's end of it. */
export interface ConnectedCall {
  readonly server: ScriptedServer;
  readonly call: PhoneCall;
  readonly stream: SeenStream;
}

/** Calls a scripted server whose webhook answers with `<Connect><Stream>`; `/again` does so once more. */
export async function connectCall(
  options: Partial<PhoneOptions> | ((origin: string) => Partial<PhoneOptions>) = {},
  twiml: ConnectTwimlParts = {},
): Promise<ConnectedCall> {
  const server = await startScriptedServer({
    '/voice': () => connectTwiml(server.host, twiml),
    '/again': () => connectTwiml(server.host),
    '/status': '',
  });
  const chosen = typeof options === 'function' ? options(server.origin) : options;
  const call = await placeCall({ url: `${server.origin}/voice`, silenceMs: 60, ...chosen });
  return { server, call, stream: await server.stream() };
}
