import { createDeepgramFlux } from '../../services/speech-to-text/deepgram-flux/speech-to-text.ts';
import { onStreamClock } from '../../services/speech-to-text/stream-clock.ts';
import type { Engine, EngineContext, EnginePorts } from '../engines.ts';

/** Confidence that is worth a guess at the end of a turn, below the 0.7 that ends it: a wrong guess is taken back unheard. */
const EAGER_EOT_THRESHOLD = 0.5;

/** Deepgram's Flux, told to expect the house's name and the words that a dictionary lacks. */
export async function open({ settings, profile, logger }: EngineContext): Promise<Engine<EnginePorts['STT']>> {
  const { DEEPGRAM_API_KEY: apiKey, DEEPGRAM_BASE_URL: baseUrl } = settings;
  if (apiKey === undefined) throw new Error('STT=deepgram-flux needs DEEPGRAM_API_KEY, which is not set');
  const keyterms = [profile.title.replace(/^the /, ''), ...Object.keys(profile.pronunciations)];
  const speechToText = createDeepgramFlux(
    { apiKey, baseUrl, listening: { eagerEotThreshold: EAGER_EOT_THRESHOLD, keyterms } },
    (warning) => logger.warn('Flux warns', { warning }),
  );
  // Its sockets belong to the calls, and close with them.
  return { forCall: () => ({ speechToText: onStreamClock(speechToText) }), close: async () => {} };
}
