import { emulatedAura } from '../services/text-to-speech/deepgram-aura/emulated-aura.ts';
import { textToSpeechContract } from './text-to-speech.ts';

for (const encoding of ['mulaw', 'linear16'] as const) {
  textToSpeechContract(`Aura (${encoding})`, {
    async working() {
      const { textToSpeech, close } = await emulatedAura({ aura: { encoding }, speak: { pace: { speed: 500 } } });
      return { textToSpeech, close, idle: async () => undefined };
    },
    async failing() {
      const { textToSpeech, close } = await emulatedAura({ aura: { encoding, voice: 'aura-2-nobody-en' } });
      return { textToSpeech, close, idle: async () => undefined };
    },
  });
}
