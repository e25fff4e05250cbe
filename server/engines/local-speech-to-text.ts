import { availableParallelism } from 'node:os';
import { grammarsOf } from '../../agents/grammar/grammars-of.ts';
import { createRecogniserPool } from '../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../services/speech-to-text/local/speech-to-text.ts';
import type { Engine, EngineContext, EnginePorts } from '../engines.ts';

/** One core hears some twelve callers at a time; one core is left for everything else. */
const MAXIMUM_THREADS = 8;

/** The embedded recogniser: threads that all calls share, listening for what the agent's profile expects. */
export async function open({ profile }: EngineContext): Promise<Engine<EnginePorts['STT']>> {
  const pool = createRecogniserPool({ threads: Math.min(MAXIMUM_THREADS, Math.max(1, availableParallelism() - 1)) });
  try {
    const { pronunciations } = profile;
    const speechToText = createLocalSpeechToText({ pool, grammars: grammarsOf(profile), pronunciations });
    await pool.ready();
    return { forCall: () => ({ speechToText }), close: () => pool.close() };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
