import { createAuraTextToSpeech } from '../../services/text-to-speech/deepgram-aura/text-to-speech.ts';
import type { Engine, EngineContext, EnginePorts } from '../engines.ts';

/** Deepgram's Aura, with the agent's voice. A call that begins finds a connection open, or opening, for its greeting. */
export async function open({ settings, profile }: EngineContext): Promise<Engine<EnginePorts['TTS']>> {
  const { DEEPGRAM_API_KEY: apiKey, DEEPGRAM_BASE_URL: baseUrl } = settings;
  if (apiKey === undefined) throw new Error('TTS=deepgram-aura needs DEEPGRAM_API_KEY, which is not set');
  const textToSpeech = createAuraTextToSpeech({ apiKey, baseUrl, voice: profile.voice.aura, rate: profile.voice.rate });
  return {
    forCall: () => {
      textToSpeech.warm();
      return { textToSpeech };
    },
    close: () => textToSpeech.close(),
  };
}
