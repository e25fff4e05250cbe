import { createLocalLanguageModel } from '../../services/language-model/local/local-language-model.ts';
import { createToolbox } from '../../services/tools/toolbox.ts';
import type { Engine, EngineContext, EnginePorts } from '../engines.ts';

/** The embedded concierge: rules over the agent's facts and tasks. Each call has bookings of its own. */
export async function open({ profile }: EngineContext): Promise<Engine<EnginePorts['LLM']>> {
  const languageModel = createLocalLanguageModel(profile, { today: () => new Date() });
  return {
    forCall: ({ callSid }) => ({ languageModel, toolbox: createToolbox(profile, { callSid }) }),
    close: async () => {},
  };
}
