import { availableParallelism } from 'node:os';
import { grammarsOf } from '../../agents/grammar/grammars-of.ts';
import { createRecogniserPool } from '../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../services/speech-to-text/local/speech-to-text.ts';
import { onStreamClock } from '../../services/speech-to-text/stream-clock.ts';
import type { Engine, EngineContext, EnginePorts } from '../engines.ts';

/**
 * A thread for each core, up to these: the rest of the server needs a tenth of a core for ten calls and gets it from the
 * scheduler, while callers who speak in the same second all want to be heard at once. One who speaks takes 6 % of a core
 * (measured with the grammar of the concierge), one who is silent next to nothing.
 */
const MAXIMUM_THREADS = 8;

/** The embedded recogniser: threads that all calls share, listening for what the agent's profile expects. */
export async function open({ profile }: EngineContext): Promise<Engine<EnginePorts['STT']>> {
  const pool = createRecogniserPool({ threads: Math.min(MAXIMUM_THREADS, availableParallelism()) });
  try {
    const { pronunciations } = profile;
    const speechToText = createLocalSpeechToText({ pool, grammars: grammarsOf(profile), pronunciations });
    await pool.ready();
    return { forCall: () => ({ speechToText: onStreamClock(speechToText) }), close: () => pool.close() };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
