import type { ChatRequest } from './chat-request.ts';
import { type ApiError, badRequest } from './errors.ts';

/** What one model accepts. */
export interface ModelRules {
  /** Values of `reasoning_effort`; none at all for a model that does not reason. */
  readonly efforts: readonly string[];
  /** Refuses `max_tokens`, and every temperature but 1. */
  readonly fixedSampling: boolean;
  /** Reasons by default and takes tools only with the effort `none`. */
  readonly toolsNeedNoReasoning: boolean;
}

const ALL_EFFORTS = ['none', 'low', 'medium', 'high', 'xhigh', 'max'];

/** The emulator's models: one of each kind that users meet. */
export const MODELS: Readonly<Record<string, ModelRules>> = {
  'gpt-6-luna': { efforts: ALL_EFFORTS, fixedSampling: true, toolsNeedNoReasoning: true },
  'gpt-5.6-luna': { efforts: ALL_EFFORTS, fixedSampling: true, toolsNeedNoReasoning: true },
  'gpt-5-mini': { efforts: ['minimal', 'low', 'medium', 'high'], fixedSampling: true, toolsNeedNoReasoning: false },
  'gpt-4.1-mini': { efforts: [], fixedSampling: false, toolsNeedNoReasoning: false },
  'openai/gpt-oss-120b': { efforts: ['low', 'medium', 'high'], fixedSampling: false, toolsNeedNoReasoning: false },
};

/** @returns the vendor's refusal of a parameter that the model does not take, or undefined */
export function modelProblem(request: ChatRequest, rules: ModelRules): ApiError | undefined {
  const { model, max_tokens, temperature, reasoning_effort: effort, tools } = request;
  if (rules.fixedSampling && max_tokens != null)
    return badRequest(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
    );
  if (rules.fixedSampling && temperature != null && temperature !== 1)
    return badRequest(
      `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`,
      'temperature',
      'unsupported_value',
    );
  if (effort != null && rules.efforts.length === 0)
    return badRequest('Unrecognized request argument supplied: reasoning_effort', null);
  if (effort != null && !rules.efforts.includes(effort))
    return badRequest(
      `Unsupported value: 'reasoning_effort' does not support '${effort}' with this model. Supported values are: ${rules.efforts.map((one) => `'${one}'`).join(', ')}.`,
      'reasoning_effort',
      'unsupported_value',
    );
  if (rules.toolsNeedNoReasoning && tools !== undefined && effort !== 'none')
    return badRequest(
      `Function tools with reasoning_effort are not supported for ${model} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.`,
      'reasoning_effort',
    );
  if (request.tool_choice !== undefined && tools === undefined)
    return badRequest(
      "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
      'tool_choice',
    );
  if (request.stream_options != null && !request.stream)
    return badRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options');
  return undefined;
}
