import { createDeepgramServer } from '../../../../emulators/deepgram/server.ts';
import { createSpeakEndpoint, type SpeakEndpointOptions } from '../../../../emulators/deepgram/speak/endpoint.ts';
import {
  type AuraOptions,
  createAuraTextToSpeech,
} from '../../../../services/text-to-speech/deepgram-aura/text-to-speech.ts';

export const API_KEY = 'a-key-that-no-message-may-show';

/** The adapter and the emulator that it talks to. */
export async function emulatedAura({
  aura = {},
  speak: options = {},
}: {
  readonly aura?: Partial<AuraOptions>;
  readonly speak?: SpeakEndpointOptions;
} = {}) {
  const speak = createSpeakEndpoint(options);
  const server = await createDeepgramServer({ apiKey: API_KEY, endpoints: [speak] });
  const textToSpeech = createAuraTextToSpeech({ apiKey: API_KEY, baseUrl: server.baseUrl, ...aura });
  return {
    speak,
    server,
    textToSpeech,
    /** Leaves the connections, then ends the emulator. */
    async close(): Promise<void> {
      await textToSpeech.close();
      await server.close();
    },
  };
}

export type EmulatedAura = Awaited<ReturnType<typeof emulatedAura>>;
