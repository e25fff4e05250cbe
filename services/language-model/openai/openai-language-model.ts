import type OpenAI from 'openai';
import type { Profile } from '../../../agents/profile.ts';
import type { LanguageModel } from '../../../machines/call/ports.ts';
import { toolDefinitionsOf } from '../../tools/tool-definitions.ts';
import { type ChatClient, type ChatClientOptions, createChatClient } from './chat-client.ts';
import { chatMessages } from './chat-messages.ts';
import { joinedText } from './joined-text.ts';
import { parametersOf } from './model-families.ts';
import { requestBodies } from './request-body.ts';
import { streamAnswer, type TokenUsage } from './stream-answer.ts';
import { systemPromptOf } from './system-prompt.ts';

export interface OpenAiLanguageModelOptions extends ChatClientOptions {
  /** Who answers, for failures: `openai`, `groq`, … */
  readonly vendor: string;
  /** As the server calls it. Decides which parameters are sent. */
  readonly model: string;
  /** Sent with every request; see `presets.ts`. Default: the usage is asked for, nothing else. */
  readonly parameters?: Partial<OpenAI.ChatCompletionCreateParamsStreaming>;
  /** How long one answer may become (tokens), thoughts included. Default 1000: far more than anybody says in one turn. */
  readonly maximumTokens?: number;
  /** Now; the profile's time zone says which day that is. Default: the system clock. */
  readonly now?: () => Date;
  /** Called once for each answer whose stream told what it cost, also when it comes behind the last part. */
  readonly onUsage?: (usage: TokenUsage) => void;
}

/** A call that asks the model. */
export interface AskingCall {
  readonly callSid: string;
  /** Aborts when the call is over. */
  readonly signal: AbortSignal;
}

/** One per server. */
export interface OpenAiLanguageModel extends LanguageModel {
  /**
   * The same model for one call, over connections of its own. One is opened at once, while the greeting sounds, and another
   * for each that an interruption has ended: among shared ones, a call would use up what another is about to need. They are
   * closed when the call is over.
   *
   * Its requests are named `<callSid>.<number>`, so that what the vendor saw can be told call by call.
   *
   * @see https://platform.openai.com/docs/api-reference/debugging-requests `X-Client-Request-Id`
   */
  forCall(call: AskingCall): LanguageModel;
  /**
   * Opens a connection ahead of the first request, if none is idle. Never rejects: a server that is not there will be met by
   * the first request.
   */
  warmUp(): Promise<void>;
  /** Ends the connections that belong to no call. */
  close(): void;
}

/**
 * A language model behind OpenAI's chat completions: OpenAI itself, Groq, Ollama, vLLM, by base URL.
 *
 * Streams over the vendor's SDK and never retries: whether a caller waits for a second try is decided by the chart, and so
 * are the deadlines for the first and for the next word. Aborting the signal closes the socket.
 *
 * `stream` throws a service error: `auth`, `quota`, `rate-limit`, `bad-request`, `unavailable`, `network`, `timeout`, or
 * `protocol` when the stream ends without saying why.
 *
 * @example
 * const { baseUrl, model, parameters } = PRESETS.openai;
 * createOpenAiLanguageModel(loadProfile('continental'), { vendor: 'openai', baseUrl, model, parameters, apiKey });
 */
export function createOpenAiLanguageModel(profile: Profile, options: OpenAiLanguageModelOptions): OpenAiLanguageModel {
  const { vendor, model, maximumTokens = 1000, now = () => new Date(), onUsage = () => {} } = options;
  const shared = createChatClient(options);
  const systemPrompt = systemPromptOf(profile);
  const tools = toolDefinitionsOf(profile).map(({ name, description, parameters }) => ({
    type: 'function' as const,
    function: { name, description, parameters: { ...parameters } },
  }));
  const bodyOf = requestBodies(
    {
      stream_options: { include_usage: true },
      ...options.parameters,
      ...parametersOf(model, maximumTokens),
      stream: true,
    },
    tools,
  );
  const modelOver = (
    { client, replaceConnection }: ChatClient,
    nextRequestId: () => string | undefined,
  ): LanguageModel => ({
    stream: ({ history, toolsAllowed }, signal) =>
      joinedText(
        streamAnswer({
          client,
          addressee: { vendor, model },
          body: bodyOf({ prompt: systemPrompt(now()), messages: chatMessages(history), toolsAllowed }),
          toolsAllowed,
          onUsage,
          // Who interrupts an answer asks for the next one soon: it must not wait for a handshake.
          onAborted: () => void replaceConnection(),
          requestId: nextRequestId(),
          signal,
        }),
        signal,
      ),
  });
  return {
    ...modelOver(shared, () => undefined),
    forCall: ({ callSid, signal }) => {
      const own = createChatClient(options);
      signal.addEventListener('abort', own.close, { once: true });
      void own.warmUp();
      let requests = 0;
      return modelOver(own, () => {
        requests += 1;
        return `${callSid}.${requests}`;
      });
    },
    warmUp: shared.warmUp,
    close: shared.close,
  };
}
