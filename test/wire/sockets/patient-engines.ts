import { loadProfile } from '../../../agents/load-profile.ts';
import type { Engines } from '../../../server/engines.ts';
import { createOpenAiLanguageModel } from '../../../services/language-model/openai/openai-language-model.ts';
import { PRESETS } from '../../../services/language-model/openai/presets.ts';
import { createDeepgramFlux } from '../../../services/speech-to-text/deepgram-flux/speech-to-text.ts';
import { onStreamClock } from '../../../services/speech-to-text/stream-clock.ts';
import { createAuraTextToSpeech } from '../../../services/text-to-speech/deepgram-aura/text-to-speech.ts';
import { HeldToolbox } from '../held-toolbox.ts';

/** An hour (ms). How long a walk takes in real time means nothing, so no deadline but the chart's own may strike. */
export const NEVER_MS = 3_600_000;

export interface PatientEnginesOptions {
  readonly apiKey: string;
  readonly deepgramUrl: string;
  readonly openAiUrl: string;
}

/** The vendors' adapters as the server opens them, but for their patience. */
export function openPatientEngines({ apiKey, deepgramUrl, openAiUrl }: PatientEnginesOptions): Engines {
  const speechToText = createDeepgramFlux({
    apiKey,
    baseUrl: deepgramUrl,
    listening: { eagerEotThreshold: 0.5 },
    openTimeoutMs: NEVER_MS,
    unansweredMs: NEVER_MS,
  });
  const languageModel = createOpenAiLanguageModel(loadProfile('continental'), {
    ...PRESETS.openai,
    vendor: 'openai',
    baseUrl: openAiUrl,
    apiKey,
    timeoutMs: NEVER_MS,
  });
  const textToSpeech = createAuraTextToSpeech({
    apiKey,
    baseUrl: deepgramUrl,
    openTimeoutMs: NEVER_MS,
    stallMs: NEVER_MS,
    clearMs: NEVER_MS,
  });
  return {
    STT: { forCall: () => ({ speechToText: onStreamClock(speechToText) }), close: async () => {} },
    LLM: {
      forCall: () => ({ languageModel, toolbox: new HeldToolbox() }),
      close: async () => languageModel.close(),
    },
    TTS: {
      forCall: () => {
        textToSpeech.warm();
        return { textToSpeech };
      },
      close: () => textToSpeech.close(),
    },
  };
}
