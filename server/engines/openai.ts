import { createOpenAiLanguageModel } from '../../services/language-model/openai/openai-language-model.ts';
import { PRESETS, type PresetName } from '../../services/language-model/openai/presets.ts';
import { createToolbox } from '../../services/tools/toolbox.ts';
import type { Engine, EngineContext, EnginePorts } from '../engines.ts';

/** The settings of each vendor. */
const VARIABLES = {
  openai: { key: 'OPENAI_API_KEY', baseUrl: 'OPENAI_BASE_URL', model: 'OPENAI_MODEL' },
  groq: { key: 'GROQ_API_KEY', baseUrl: 'GROQ_BASE_URL', model: 'GROQ_MODEL' },
} as const satisfies Record<PresetName, unknown>;

/**
 * A vendor of chat completions, or a server of one's own by its base URL, which may want no key. Each call has
 * connections and bookings of its own.
 */
export async function open(
  vendor: PresetName,
  { settings, profile, metrics }: EngineContext,
): Promise<Engine<EnginePorts['LLM']>> {
  const variables = VARIABLES[vendor];
  const apiKey = settings[variables.key];
  const baseUrl = settings[variables.baseUrl];
  if (apiKey === undefined && baseUrl === undefined)
    throw new Error(
      `LLM=${vendor} needs ${variables.key}, or ${variables.baseUrl} for a server that wants no key; neither is set`,
    );
  const preset = PRESETS[vendor];
  const languageModel = createOpenAiLanguageModel(profile, {
    vendor,
    baseUrl: baseUrl ?? preset.baseUrl,
    model: settings[variables.model] ?? preset.model,
    parameters: preset.parameters,
    onUsage: (usage) => metrics.tokensUsed(vendor, usage),
    ...(apiKey !== undefined && { apiKey }),
  });
  return {
    forCall: (call) => ({
      languageModel: languageModel.forCall(call),
      toolbox: createToolbox(profile, { callSid: call.callSid }),
    }),
    close: async () => languageModel.close(),
  };
}
