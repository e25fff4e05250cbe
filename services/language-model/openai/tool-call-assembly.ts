import type OpenAI from 'openai';
import type { ReplyPart } from '../../../machines/call/ports.ts';

type ToolCallDelta = OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall;
type ToolCallPart = Extract<ReplyPart, { type: 'toolCall' }>;

/**
 * Puts the tool calls of one answer together from their fragments.
 *
 * A call's id and name come with its first fragment only, its arguments in slices that may be cut anywhere. Calls are told
 * apart by `index`. Servers that leave it out begin a new call with each new id.
 */
export class ToolCallAssembly {
  readonly #calls = new Map<number, { id: string; name: string; arguments: string }>();

  add(delta: Omit<ToolCallDelta, 'index'> & { readonly index?: number }): void {
    const latest = this.#calls.size - 1;
    const isNew = delta.id !== undefined && this.#calls.get(latest)?.id !== delta.id;
    const index = delta.index ?? (isNew ? latest + 1 : latest);
    const call = this.#calls.get(index) ?? { id: '', name: '', arguments: '' };
    if (delta.id) call.id = delta.id;
    if (delta.function?.name) call.name = delta.function.name;
    call.arguments += delta.function?.arguments ?? '';
    this.#calls.set(index, call);
  }

  /** The calls in the order in which the model made them. A call without arguments has `{}`, one without an id gets one. */
  parts(): ToolCallPart[] {
    return [...this.#calls]
      .sort(([one], [other]) => one - other)
      .map(([index, { id, name, arguments: text }]) => ({
        type: 'toolCall',
        id: id || `call_${index}`,
        name,
        arguments: text || '{}',
      }));
  }
}
