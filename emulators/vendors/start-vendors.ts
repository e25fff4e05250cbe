import { grammarsOf } from '../../agents/grammar/grammars-of.ts';
import type { Profile } from '../../agents/profile.ts';
import { createLocalLanguageModel } from '../../services/language-model/local/local-language-model.ts';
import { createRecogniserPool } from '../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../services/speech-to-text/local/speech-to-text.ts';
import { createSynthesiserPool } from '../../services/text-to-speech/local/synthesiser-pool.ts';
import { createListenEndpoint, type ListenEndpoint, type ListenEndpointOptions } from '../deepgram/listen/endpoint.ts';
import { createDeepgramServer, type DeepgramServer } from '../deepgram/server.ts';
import { createSpeakEndpoint, type SpeakEndpoint, type SpeakEndpointOptions } from '../deepgram/speak/endpoint.ts';
import { spokenBy } from '../deepgram/speak/speech-source.ts';
import type { Answer } from '../openai/answer.ts';
import { answerFrom } from '../openai/answer-from-language-model.ts';
import { createOpenAiEmulator, type OpenAiEmulator } from '../openai/server.ts';

export interface VendorsOptions {
  /** Whose conversations the vendors can hold. */
  readonly profile: Profile;
  /** Default 0: free ones. */
  readonly deepgramPort?: number;
  readonly openaiPort?: number;
  /** Threads that hear. Default 1: it hears eight who speak at the same time. */
  readonly ears?: number;
  /** Sees what is heard. */
  readonly listen?: Pick<ListenEndpointOptions, 'onSent'>;
  /** Sees what is said; how fast it is made. */
  readonly speak?: Pick<SpeakEndpointOptions, 'pace' | 'onMessage' | 'onAudio' | 'onFlushed'>;
  /** Changes how the voice sounds; it makes µ-law, 8 kHz. Default: not at all. */
  readonly voiceAs?: (speak: (text: string) => Promise<Uint8Array>) => (text: string) => Promise<Uint8Array>;
  /** Changes how the model answers. Default: not at all. */
  readonly answerAs?: (answer: Answer) => Answer;
}

/** All vendors of the main road on loopback, with real ears, wits and voice behind their wire. */
export interface Vendors {
  /** What a server needs in its environment to use them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly deepgram: DeepgramServer;
  readonly listen: ListenEndpoint;
  readonly speak: SpeakEndpoint;
  readonly openai: OpenAiEmulator;
  close(): Promise<void>;
}

const API_KEY = 'emulated-key-of-nobody';

/**
 * Starts emulators of Deepgram and OpenAI that hold a real conversation: the embedded recogniser hears for Flux, the
 * rule-based concierge answers for the language model, and the embedded voice speaks for Aura.
 *
 * @example
 * const vendors = await startVendors({ profile: loadProfile('continental') });
 * const server = await createServer(readSettings({ PORT: '0', ...vendors.environment }));
 */
export async function startVendors({
  profile,
  deepgramPort = 0,
  openaiPort = 0,
  ears: threads = 1,
  listen: listening = {},
  speak: speaking = {},
  voiceAs = (speak) => speak,
  answerAs = (answer) => answer,
}: VendorsOptions): Promise<Vendors> {
  const ears = createRecogniserPool({ threads });
  const voices = createSynthesiserPool();
  const { pronunciations } = profile;
  const recogniser = createLocalSpeechToText({ pool: ears, grammars: grammarsOf(profile), pronunciations });
  await Promise.all([ears.ready(), voices.ready()]);

  const listen = createListenEndpoint({ ...listening, hears: { recogniser } });
  const { name: voice, rate } = profile.voice;
  const speech = spokenBy(voiceAs((text) => voices.speak({ text, voice, rate })));
  const speak = createSpeakEndpoint({ ...speaking, speech });
  const deepgram = await createDeepgramServer({ apiKey: API_KEY, port: deepgramPort, endpoints: [listen, speak] });
  const openai = await createOpenAiEmulator({
    answer: answerAs(answerFrom(createLocalLanguageModel(profile, { today: () => new Date() }))),
    apiKey: API_KEY,
    port: openaiPort,
  });
  return {
    environment: {
      DEEPGRAM_API_KEY: API_KEY,
      DEEPGRAM_BASE_URL: deepgram.baseUrl,
      OPENAI_API_KEY: API_KEY,
      OPENAI_BASE_URL: openai.baseUrl,
      STT: 'deepgram-flux',
      LLM: 'openai',
      TTS: 'deepgram-aura',
    },
    deepgram,
    listen,
    speak,
    openai,
    async close() {
      await Promise.all([deepgram.close(), openai.close()]);
      await Promise.all([ears.close(), voices.close()]);
    },
  };
}
