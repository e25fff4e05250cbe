import type OpenAI from 'openai';

/** What models of one family want to be told, and what they refuse. */
interface ModelFamily {
  readonly models: RegExp;
  /** The name of the answer's length limit. Reasoning models refuse `max_tokens`, most other servers know nothing else. */
  readonly lengthLimit: 'max_completion_tokens' | 'max_tokens';
  /** Sent as it is. A temperature is left out where only the default is accepted. */
  readonly parameters: Pick<OpenAI.ChatCompletionCreateParamsStreaming, 'temperature' | 'reasoning_effort'>;
}

/** Low enough to keep to the facts, high enough not to say the same sentence twice. */
const TEMPERATURE = 0.4;

/**
 * The first family that fits. On the telephone the least reasoning is the right one: the caller hears it as silence.
 *
 * gpt-5.4 and later reason by default and refuse tools on this endpoint unless the effort is said to be `none`; gpt-5 and
 * its small siblings know no `none`; gpt-oss knows low, medium and high only.
 */
const FAMILIES: readonly ModelFamily[] = [
  {
    models: /^gpt-(?:5\.|6)/,
    lengthLimit: 'max_completion_tokens',
    parameters: { reasoning_effort: 'none' },
  },
  {
    models: /^gpt-5(?:-|$)/,
    lengthLimit: 'max_completion_tokens',
    parameters: { reasoning_effort: 'minimal' },
  },
  {
    models: /^gpt-4/,
    lengthLimit: 'max_completion_tokens',
    parameters: { temperature: TEMPERATURE },
  },
  {
    models: /(?:^|\/)gpt-oss/,
    lengthLimit: 'max_tokens',
    parameters: { reasoning_effort: 'low', temperature: TEMPERATURE },
  },
  {
    // With Groq's name in front; other servers that run qwen3 do not know the parameter.
    models: /^qwen\/qwen3/,
    lengthLimit: 'max_tokens',
    parameters: { reasoning_effort: 'none', temperature: TEMPERATURE },
  },
];

/** Any other model, on any other server: what all of them understand. */
const OTHERS: ModelFamily = { models: /./, lengthLimit: 'max_tokens', parameters: { temperature: TEMPERATURE } };

/**
 * The part of a request that depends on the model.
 *
 * @param model as the server calls it, for example `gpt-5.6-luna` or `openai/gpt-oss-120b`
 * @param maximumTokens how long an answer, or the arguments of a tool call, may become
 */
export function parametersOf(
  model: string,
  maximumTokens: number,
): Pick<OpenAI.ChatCompletionCreateParamsStreaming, 'model' | 'max_tokens' | 'max_completion_tokens'> &
  ModelFamily['parameters'] {
  const { lengthLimit, parameters } = FAMILIES.find(({ models }) => models.test(model)) ?? OTHERS;
  return { model, [lengthLimit]: maximumTokens, ...parameters };
}
