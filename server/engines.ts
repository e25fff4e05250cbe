import { availableParallelism } from 'node:os';
import type { Profile } from '../agents/profile.ts';
import type { LanguageModel, SpeechToText, TextToSpeech, Toolbox } from '../machines/call/ports.ts';
import type { Logger } from './logging.ts';
import type { Metrics } from './metrics.ts';
import type { Settings } from './settings.ts';

/** A call that engines work for. */
export interface ServedCall {
  readonly callSid: string;
  /** Aborts when the call is over: what an engine holds for it alone is freed. */
  readonly signal: AbortSignal;
}

/** An engine that is ready for calls. One per server, shared by its calls. */
export interface Engine<Ports> {
  /** What one call gets of it. Cheap and synchronous: it runs while the caller's first audio arrives. */
  forCall(call: ServedCall): Ports;
  /** Frees threads and sockets. Called once, after the last call. */
  close(): Promise<void>;
}

export interface EngineContext {
  readonly settings: Settings;
  readonly profile: Profile;
  /** Takes what an engine could do without, and somebody should know. */
  readonly logger: Logger;
  /** Counts what an engine costs. */
  readonly metrics: Metrics;
}

/** One entry of the registry. */
export interface EngineDefinition<Ports> {
  /** The variable that holds its key: needed, and its presence makes this engine the default. */
  readonly key?: string;
  /** The variable that names a server of one's own, which may want no key. */
  readonly ownServer?: string;
  /** Calls that one core of this machine carries at the same time with it; undefined when others do the work. */
  readonly callsPerCore?: number;
  /** Makes it ready; loads its modules only now. @throws an error that says what is missing */
  open(context: EngineContext): Promise<Engine<Ports>>;
}

export interface EnginePorts {
  STT: { readonly speechToText: SpeechToText };
  LLM: { readonly languageModel: LanguageModel; readonly toolbox: Toolbox };
  TTS: { readonly textToSpeech: TextToSpeech };
}

/** Which engine does what; also the names of the variables that choose them. */
export type EngineKind = keyof EnginePorts;
export type EngineChoice = { readonly [Kind in EngineKind]: string };
type Registry = { readonly [Kind in EngineKind]: Readonly<Record<string, EngineDefinition<EnginePorts[Kind]>>> };

/** All engines that are built in. A vendor is added here, with one line and one file in `services/`. */
export const ENGINES: Registry = {
  STT: {
    'deepgram-flux': {
      key: 'DEEPGRAM_API_KEY',
      open: async (context) => (await import('./engines/deepgram-flux.ts')).open(context),
    },
    local: {
      // Measured: 15 on two cores wait no longer than one (docs/operating.md, "Size").
      callsPerCore: 8,
      open: async (context) => (await import('./engines/local-speech-to-text.ts')).open(context),
    },
  },
  LLM: {
    openai: {
      key: 'OPENAI_API_KEY',
      ownServer: 'OPENAI_BASE_URL',
      open: async (context) => (await import('./engines/openai.ts')).open('openai', context),
    },
    groq: {
      key: 'GROQ_API_KEY',
      ownServer: 'GROQ_BASE_URL',
      open: async (context) => (await import('./engines/openai.ts')).open('groq', context),
    },
    local: { open: async (context) => (await import('./engines/local-language-model.ts')).open(context) },
  },
  TTS: {
    'deepgram-aura': {
      key: 'DEEPGRAM_API_KEY',
      open: async (context) => (await import('./engines/deepgram-aura.ts')).open(context),
    },
    local: { open: async (context) => (await import('./engines/local-text-to-speech.ts')).open(context) },
  },
};

/** The first engine whose key is set, else `local`. */
export function defaultEngine(kind: EngineKind, given: Readonly<Record<string, string | undefined>>): string {
  const withKey = Object.entries(ENGINES[kind]).find(([, { key }]) => key !== undefined && given[key] !== undefined);
  return withKey?.[0] ?? 'local';
}

/** What an engine lacks to be used, in one sentence that begins with the variable's name; undefined when it lacks nothing. */
export function missingKey(
  kind: EngineKind,
  engine: string,
  given: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { key, ownServer } = ENGINES[kind][engine] ?? {};
  if (key === undefined || given[key] !== undefined) return undefined;
  if (ownServer === undefined) return `${key}: needed by ${kind}=${engine}; set it, or ${kind}=local`;
  if (given[ownServer] !== undefined) return undefined;
  return `${key}: needed by ${kind}=${engine}; set it, or ${ownServer} to a server that wants no key, or ${kind}=local`;
}

/** Calls at the same time when `MAX_CALLS` does not say: what the engines that run on this machine carry, else fifty. */
export function defaultMaximumCalls(engines: EngineChoice): number {
  const kinds = Object.keys(ENGINES) as EngineKind[];
  const perCore = kinds.flatMap((kind) => ENGINES[kind][engines[kind]]?.callsPerCore ?? []);
  return Math.min(50, ...perCore.map((calls) => calls * availableParallelism()));
}

/** The engines of one server, opened. */
export type Engines = { readonly [Kind in EngineKind]: Engine<EnginePorts[Kind]> };

/**
 * Opens all three engines at once. If one fails, the others are closed again.
 *
 * @throws the first failure
 */
export async function openEngines(context: EngineContext): Promise<Engines> {
  const open = <Kind extends EngineKind>(kind: Kind): Promise<Engine<EnginePorts[Kind]>> => {
    const definition = ENGINES[kind][context.settings.engines[kind]];
    if (!definition) throw new Error(`${kind}: no engine is named ${context.settings.engines[kind]}`);
    return definition.open(context);
  };
  const opened = await Promise.allSettled([open('STT'), open('LLM'), open('TTS')] as const);
  const [stt, llm, tts] = opened;
  if (stt.status === 'fulfilled' && llm.status === 'fulfilled' && tts.status === 'fulfilled')
    return { STT: stt.value, LLM: llm.value, TTS: tts.value };
  await Promise.all(opened.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)));
  throw opened.find((result) => result.status === 'rejected')?.reason;
}
