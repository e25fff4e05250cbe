import { createSynthesiserPool } from '../../services/text-to-speech/local/synthesiser-pool.ts';
import { createLocalTextToSpeech } from '../../services/text-to-speech/local/text-to-speech.ts';
import type { Engine, EngineContext, EnginePorts } from '../engines.ts';

/** The embedded synthesiser: a pool of threads that all calls share, speaking with the agent's voice. */
export async function open({ profile: { voice } }: EngineContext): Promise<Engine<EnginePorts['TTS']>> {
  const pool = createSynthesiserPool();
  try {
    await pool.ready();
  } catch (error) {
    await pool.close();
    throw error;
  }
  const textToSpeech = createLocalTextToSpeech({ pool, voice: voice.name, rate: voice.rate });
  return { forCall: () => ({ textToSpeech }), close: () => pool.close() };
}
