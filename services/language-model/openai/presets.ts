import type OpenAI from 'openai';

/** A service that speaks OpenAI's chat completions. */
export interface Preset {
  /** Where it is, `/chat/completions` left out. */
  readonly baseUrl: string;
  /** What answers when no model is chosen. */
  readonly model: string;
  /** Sent with every request: what only this service knows. */
  readonly parameters: Partial<OpenAI.ChatCompletionCreateParamsStreaming>;
}

/**
 * The services that are known by name. Every other one – Ollama, vLLM, llama.cpp, a proxy – is reached by its base URL.
 *
 * Models stand and fall: `OPENAI_MODEL` and `GROQ_MODEL` win over these.
 */
export const PRESETS = {
  openai: {
    baseUrl: 'https://api.openai.com/v1',
    // Fast without reasoning (half a second to the first token, as others measured), and not announced to be shut down.
    model: 'gpt-5.6-luna',
    // Nothing said on the telephone is kept by the vendor, and no random padding swells the stream.
    parameters: { store: false, stream_options: { include_usage: true, include_obfuscation: false } },
  },
  groq: {
    baseUrl: 'https://api.groq.com/openai/v1',
    // What Groq names in place of llama-3.3-70b-versatile, which was switched off on 2026-08-16.
    model: 'openai/gpt-oss-120b',
    parameters: { stream_options: { include_usage: true } },
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;
