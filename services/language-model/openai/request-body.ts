import type OpenAI from 'openai';

/** What is different in each request. */
export interface RequestParts {
  readonly prompt: string;
  /** The conversation so far, behind the prompt. */
  readonly messages: readonly OpenAI.ChatCompletionMessageParam[];
  readonly toolsAllowed: boolean;
}

/**
 * Makes the writer of an agent's requests: each becomes the JSON of a chat completion.
 *
 * Eight thousand characters of a request are those of the one before it: parameters, tools and, for a minute, the prompt. They
 * are turned into JSON once, and not each time while a caller waits.
 */
export function requestBodies(
  parameters: Omit<OpenAI.ChatCompletionCreateParamsStreaming, 'messages' | 'tools'>,
  tools: readonly OpenAI.ChatCompletionFunctionTool[],
): (parts: RequestParts) => string {
  const opening = JSON.stringify(parameters).slice(0, -1);
  const toolsText = `,"tools":${JSON.stringify(tools)}`;
  let known: string | undefined;
  let system = '';
  return ({ prompt, messages, toolsAllowed }) => {
    if (prompt !== known) system = JSON.stringify({ role: 'system', content: prompt });
    known = prompt;
    const all = [system, ...messages.map((message) => JSON.stringify(message))].join(',');
    return `${opening}${toolsAllowed ? toolsText : ''},"messages":[${all}]}`;
  };
}
